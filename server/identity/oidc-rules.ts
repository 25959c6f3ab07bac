import { createRemoteJWKSet } from "jose";
import type { TokenRules } from "./verify-token.ts";

/** The issuer a deployment trusts. */
export interface OidcSettings {
  readonly url: string;
  readonly audience: string;
  readonly jwksUrl: string;
}

/** Rules for access tokens of a real issuer (RFC 9068): asymmetric algorithms only, roles and regions in claims of their own. */
export function oidcRules(settings: OidcSettings): TokenRules {
  return {
    issuer: settings.url,
    audience: settings.audience,
    algorithms: ["RS256", "PS256", "ES256", "EdDSA"],
    type: "at+jwt",
    rolesClaim: "roles",
    regionsClaim: "regions",
    keys: createRemoteJWKSet(new URL(settings.jwksUrl)),
  };
}
