/** What decides whether demo identities may exist. */
export interface DemoModeSettings {
  readonly demo: boolean;
  /** Address the server listens on. */
  readonly host: string;
  readonly production: boolean;
  /** True when a real issuer is configured. */
  readonly issuerConfigured: boolean;
}

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

/**
 * Why the server must not start with these settings, or null. Demo identities let anyone be anyone: only on a loopback
 * address, never beside a real issuer, never in production. Without the demo a real issuer is needed.
 */
export function checkDemoMode(settings: DemoModeSettings): string | null {
  if (!settings.demo) {
    return settings.issuerConfigured ? null : "No issuer of tokens is configured; configure one, or start the demo on a loopback address.";
  }
  if (settings.production) return "The demo must not run with NODE_ENV=production; switch the demo off and configure an issuer.";
  if (settings.issuerConfigured) return "The demo must not run beside a configured issuer; remove one of the two.";
  if (!LOOPBACK.has(settings.host)) return "The demo may listen on a loopback address only; set the host to 127.0.0.1.";
  return null;
}
