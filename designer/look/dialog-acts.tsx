import { look as words } from "../strings/look.ts";

interface DialogActsProps {
  /** What the dialog does. */
  readonly action: string;
  readonly off: boolean;
  readonly danger?: boolean;
  /** What not doing it is called here. */
  readonly cancel?: string;
  readonly close: () => void;
}

/** The end of a dialog's form: do it, or leave it. */
export function DialogActs({ action, off, danger = false, cancel = words.cancel, close }: DialogActsProps) {
  return (
    <div className="acts">
      <button type="submit" className={danger ? "btn danger" : "btn primary"} disabled={off}>
        {action}
      </button>
      <button type="button" className="btn quiet" onClick={close}>
        {cancel}
      </button>
    </div>
  );
}
