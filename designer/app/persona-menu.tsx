import { Menu } from "@mantine/core";
import { Check } from "lucide-react";
import { usePersona, useSession } from "../api/session.ts";
import { shell } from "../strings/shell.ts";

/** Who one acts as; in a demo one may be anyone. */
export function PersonaMenu() {
  const { personas, become } = useSession();
  const me = usePersona();
  if (me === null) return null;
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <button type="button" className="avatar" aria-label={shell.persona.label(me.title)} title={me.title}>
          {initials(me.persona)}
        </button>
      </Menu.Target>
      <Menu.Dropdown className="persona-menu">
        <Menu.Label>{shell.persona.menu}</Menu.Label>
        {personas.map(({ persona, title }) => (
          <Menu.Item key={persona} onClick={() => become(persona)} aria-current={persona === me.persona || undefined} rightSection={persona === me.persona ? <Check size={14} aria-hidden="true" /> : null}>
            {title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <p className="menu-hint">{shell.persona.hint}</p>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Two letters for a person: of the first two words, else of the one. */
export function initials(name: string): string {
  const [first = "", second = ""] = name.split(/[\s-]+/);
  return (second === "" ? first.slice(0, 2) : first.slice(0, 1) + second.slice(0, 1)).toUpperCase();
}
