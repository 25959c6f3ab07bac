import type { Definition } from "../../engine/language/kinds.ts";
import { send } from "./http.ts";

/** A published release, whole. */
export interface Bundle {
  readonly digest: string;
  readonly name: string;
  readonly languageVersion: number;
  readonly definitions: readonly Definition[];
}

/** Published releases: they never change, so what was read may be kept. */
export const releasesApi = {
  bundle: (digest: string) => send<Bundle>(`/api/releases/${digest}`),
  list: () => send<{ readonly active: string | null; readonly releases: readonly { readonly name: string; readonly digest: string; readonly storedAt: string }[] }>("/api/releases"),
} as const;
