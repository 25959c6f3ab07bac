import { Menu } from "@mantine/core";
import { Check } from "lucide-react";
import { usePersona, useSession } from "../api/session.ts";
import { shell } from "../strings/shell.ts";
import { initials } from "./person.tsx";

/** Who one acts as; in a demo one may be anyone. */
export function PersonaMenu() {
  const { personas, become } = useSession();
  const me = usePersona();
  if (me === null) return null;
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <button type="button" className="avatar" aria-label={shell.persona.label(me.title)} title={me.name}>
          {initials(me.name)}
        </button>
      </Menu.Target>
      <Menu.Dropdown className="persona-menu">
        <Menu.Label>{shell.persona.menu}</Menu.Label>
        {personas.map(({ persona, name, title }) => (
          <Menu.Item key={persona} onClick={() => become(persona)} aria-current={persona === me.persona || undefined} rightSection={persona === me.persona ? <Check size={14} aria-hidden="true" /> : null}>
            <span className="persona">
              <span>{name}</span> <span className="meta">{title}</span>
            </span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <p className="menu-hint">{shell.persona.hint}</p>
      </Menu.Dropdown>
    </Menu>
  );
}
