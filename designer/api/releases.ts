import type { ReleaseBundle } from "../../engine/language/release-bundle.ts";
import { send } from "./http.ts";

/** Published releases: they never change, so what was read may be kept. */
export const releasesApi = {
  bundle: (digest: string) => send<ReleaseBundle>(`/api/releases/${digest}`),
  list: () => send<{ readonly active: string | null; readonly releases: readonly { readonly name: string; readonly digest: string; readonly storedAt: string }[] }>("/api/releases"),
} as const;
