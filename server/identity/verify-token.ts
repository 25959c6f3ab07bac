import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { sha256Hex } from "../../engine/support/hash.ts";
import type { Actor } from "../../engine/order/inputs.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { problem } from "../problems/problem.ts";

/** Whom we believe, and where a token says who its bearer is. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Allow-list; `none` and symmetric algorithms never belong here. */
  readonly algorithms: readonly string[];
  /** `typ` of the header; an ID token is not an access token. */
  readonly type: string;
  readonly rolesClaim: string;
  readonly regionsClaim: string;
  /** The issuer's public keys: `createRemoteJWKSet(url)` or the demo issuer's own. Keys named inside a token are never followed. */
  readonly keys: JWTVerifyGetKey;
}

/** Throws `token-invalid` unless the token is one of ours and still good. */
export type TokenVerifier = (token: string) => Promise<Actor>;

const REMEMBER_MS = 60_000;
const REMEMBERED_TOKENS = 1_000;

/**
 * Verifies bearer tokens by signature, issuer, audience, type and time. A verified token is remembered by its hash for at
 * most a minute, because one signature costs about a millisecond.
 */
export function createTokenVerifier(rules: TokenRules, now: () => string): TokenVerifier {
  const remembered = new Map<string, { readonly actor: Actor; readonly untilMs: number }>();
  return async (token) => {
    if (token.length > SERVER_LIMITS.tokenCharacters) throw problem("token-invalid", "The token is too long; get a new one from the issuer.");
    const nowMs = Date.parse(now());
    const hash = sha256Hex(token);
    const known = remembered.get(hash);
    if (known !== undefined && nowMs < known.untilMs) return known.actor;

    const payload = await verify(token, rules, nowMs);
    const actor = toActor(payload, rules);
    if (remembered.size >= REMEMBERED_TOKENS) remembered.clear();
    remembered.set(hash, { actor, untilMs: Math.min(nowMs + REMEMBER_MS, (payload.exp ?? 0) * 1000) });
    return actor;
  };
}

async function verify(token: string, rules: TokenRules, nowMs: number): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, rules.keys, {
      algorithms: [...rules.algorithms],
      issuer: rules.issuer,
      audience: rules.audience,
      typ: rules.type,
      requiredClaims: ["sub", "exp"],
      clockTolerance: SERVER_LIMITS.clockToleranceMs / 1000,
      currentDate: new Date(nowMs),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw problem("token-invalid", "The token has expired; get a new one from the issuer.");
    if (error instanceof errors.JWKSTimeout) throw problem("unavailable", "The keys of the issuer cannot be read now; try again.");
    throw problem("token-invalid");
  }
}

function toActor(payload: JWTPayload, rules: TokenRules): Actor {
  return { id: payload.sub ?? "", roles: texts(payload[rules.rolesClaim]), regions: texts(payload[rules.regionsClaim]) };
}

/** A claim as a list of texts; anything else gives nothing, so that an odd token has no rights. */
function texts(claim: unknown): readonly string[] {
  return Array.isArray(claim) ? claim.filter((entry): entry is string => typeof entry === "string") : [];
}
