import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { SERVER_LIMITS } from "../limits.ts";
import { PERSONAS, type PersonaName } from "./personas.ts";
import type { TokenRules } from "./verify-token.ts";

/** Makes tokens for the personas of the demo. Its tokens are verified by the same code as those of a real issuer. */
export interface DemoIssuer {
  readonly rules: TokenRules;
  readonly issue: (persona: PersonaName) => Promise<{ readonly token: string; readonly expiresAt: string }>;
}

const ALGORITHM = "ES256";
const TYPE = "at+jwt";

/** An issuer with a name and a key of this start alone: its tokens die with the process. */
export async function createDemoIssuer(now: () => string, newId: () => string): Promise<DemoIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const issuer = `urn:orderloom:demo:${newId()}`;
  const audience = "orderloom";
  const jwk = { ...(await exportJWK(publicKey)), kid: "demo", alg: ALGORITHM, use: "sig" };
  return {
    rules: { issuer, audience, algorithms: [ALGORITHM], type: TYPE, rolesClaim: "roles", regionsClaim: "regions", keys: createLocalJWKSet({ keys: [jwk] }) },
    issue: async (name) => {
      const { roles, regions } = PERSONAS[name];
      const issuedMs = Date.parse(now());
      const expiresMs = issuedMs + SERVER_LIMITS.demoTokenMs;
      const token = await new SignJWT({ roles: [...roles], regions: [...regions] })
        .setProtectedHeader({ alg: ALGORITHM, kid: "demo", typ: TYPE })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(name)
        .setJti(newId())
        .setIssuedAt(Math.floor(issuedMs / 1000))
        .setExpirationTime(Math.floor(expiresMs / 1000))
        .sign(privateKey);
      return { token, expiresAt: new Date(expiresMs).toISOString() };
    },
  };
}
