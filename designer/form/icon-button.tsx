import type { ReactNode } from "react";

interface IconButtonProps {
  readonly title: string;
  readonly off: boolean;
  readonly run: () => void;
  readonly icon: ReactNode;
}

/** A small button with a picture and a name. */
export function IconButton({ title, off, run, icon }: IconButtonProps) {
  return (
    <button type="button" className="btn small icon quiet" aria-label={title} title={title} disabled={off} onClick={run}>
      {icon}
    </button>
  );
}
