import { useSession, type Persona } from "../api/session.ts";
import { shell } from "../strings/shell.ts";

/** What people call whoever is known by an id; an id nobody here has a name for stays what it is. */
export function personName(id: string, personas: readonly Persona[]): string {
  if (id === SERVER) return shell.persona.server;
  return personas.find(({ persona }) => persona === id)?.name ?? id;
}

/** How the server signs what nobody asked it for. */
const SERVER = "server";

/** Names people by their ids. */
export function usePersonName(): (id: string) => string {
  const personas = useSession(({ personas }) => personas);
  return (id) => personName(id, personas);
}

/** A person by name; what they are in the company on hover. */
export function Person({ id, avatar = false }: { readonly id: string; readonly avatar?: boolean }) {
  const personas = useSession(({ personas }) => personas);
  const name = personName(id, personas);
  const title = personas.find(({ persona }) => persona === id)?.title ?? id;
  return (
    <span className="person" title={title}>
      {avatar ? (
        <span className="avatar" aria-hidden="true">
          {initials(name)}
        </span>
      ) : null}
      {name}
    </span>
  );
}

/** Two letters for a person: of the first two words, else of the one. */
export function initials(name: string): string {
  const [first = "", second = ""] = name.split(/[\s-]+/);
  return (second === "" ? first.slice(0, 2) : first.slice(0, 1) + second.slice(0, 1)).toUpperCase();
}
