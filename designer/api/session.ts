import { create } from "zustand";
import { setBearer } from "./http.ts";

const KEY = "orderloom-persona";
const DEFAULT_PERSONA = "analyst";
/** A token is renewed this long before it ends, so that no request carries a dead one. */
const RENEW_BEFORE_MS = 30_000;

export interface Persona {
  readonly persona: string;
  readonly name: string;
  readonly title: string;
  readonly roles: readonly string[];
}

interface SessionState {
  /** Everyone one can be here; empty when the server is no demo. */
  readonly personas: readonly Persona[];
  readonly persona: string;
  readonly become: (persona: string) => void;
}

/** Who the person at the screen acts as. */
export const useSession = create<SessionState>()((set) => ({
  personas: [],
  persona: localStorage.getItem(KEY) ?? DEFAULT_PERSONA,
  become: (persona) => {
    localStorage.setItem(KEY, persona);
    set({ persona });
  },
}));

interface Token {
  readonly token: string;
  readonly persona: string;
  readonly expiresAt: string;
}

const tokens = new Map<string, Promise<Token>>();

async function tokenFor(persona: string): Promise<string | null> {
  const known = await tokens.get(persona)?.catch(() => null);
  if (known && Date.parse(known.expiresAt) - Date.now() > RENEW_BEFORE_MS) return known.token;
  const issued = fetch("/demo/token", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ persona }) }).then(async (response) => {
    if (!response.ok) throw new Error(`No token for ${persona}`);
    return (await response.json()) as Token;
  });
  tokens.set(persona, issued);
  return issued.then(({ token }) => token, () => null);
}

/** Finds out whether the server is a demo, and from then on acts as the chosen persona. */
export async function openSession(): Promise<void> {
  const response = await fetch("/demo/personas", { headers: { Accept: "application/json" } }).catch(() => null);
  if (response === null || !response.ok) return;
  const personas = (await response.json()) as readonly Persona[];
  const { persona } = useSession.getState();
  useSession.setState({ personas, persona: personas.some((known) => known.persona === persona) ? persona : DEFAULT_PERSONA });
  setBearer(() => tokenFor(useSession.getState().persona));
}

/** The persona's record, once it is known. */
export function usePersona(): Persona | null {
  return useSession(({ personas, persona }) => personas.find((known) => known.persona === persona) ?? null);
}
