import type { ReactNode } from "react";
import { readableKeys, type Command } from "./commands.ts";

/** Keys beside the thing they do. */
export function Keys({ keys }: { readonly keys: string }) {
  return <kbd className="kbd">{readableKeys(keys)}</kbd>;
}

interface CommandButtonProps {
  readonly command: Command;
  readonly children?: ReactNode;
  readonly className?: string;
  readonly showKeys?: boolean;
}

/** A button that gives a command; when it cannot be given it stays, and says why. */
export function CommandButton({ command, children, className = "btn", showKeys = false }: CommandButtonProps) {
  const off = command.disabled !== undefined;
  const hint = off ? command.disabled : command.keys === undefined ? command.title : `${command.title} (${readableKeys(command.keys)})`;
  return (
    <button type="button" className={className} aria-disabled={off || undefined} title={hint} aria-label={children === undefined ? undefined : command.title} onClick={off ? undefined : command.run}>
      {children ?? command.title}
      {showKeys && command.keys !== undefined ? <Keys keys={command.keys} /> : null}
    </button>
  );
}
