import { useState, type FormEvent, type ReactNode } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { draftsApi } from "../api/drafts.ts";
import { Dialog } from "../look/dialog.tsx";
import { DialogActs } from "../look/dialog-acts.tsx";
import { draft as words } from "../strings/draft.ts";
import { useDraft } from "./draft-state.ts";
import { refreshWorkspace } from "./use-workspace-page.ts";

interface DraftDialogProps {
  readonly name: string;
  readonly title: string;
  readonly close: () => void;
}

/** Gives a draft another title. */
export function RenameDialog({ name, title, close }: DraftDialogProps) {
  const [wanted, setWanted] = useState(title);
  const rename = async (): Promise<void> => {
    const view = await draftsApi.rename(name, wanted.trim());
    if (useDraft.getState().name === name) useDraft.setState({ title: view.title });
  };
  return (
    <DraftForm title={words.rename} action={words.renameNow} ready={wanted.trim() !== ""} perform={rename} close={close}>
      <label>
        <span>{words.titleField}</span>
        <input className="input" value={wanted} data-autofocus autoComplete="off" onChange={(event) => setWanted(event.currentTarget.value)} />
      </label>
    </DraftForm>
  );
}

/** Gives a draft up. Its commits stay in the repository, but nothing here brings it back, so it is asked. */
export function DiscardDialog({ name, title, close }: DraftDialogProps) {
  const discard = async (): Promise<void> => {
    await draftsApi.withdraw(name, words.discardReason);
    if (useDraft.getState().name === name) refreshWorkspace();
  };
  return (
    <DraftForm title={words.discardTitle(title)} action={words.discardNow} danger ready perform={discard} close={close}>
      <p>{words.discardText}</p>
    </DraftForm>
  );
}

interface DraftFormProps {
  readonly title: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly ready: boolean;
  readonly perform: () => Promise<void>;
  readonly close: () => void;
  readonly children: ReactNode;
}

function DraftForm({ title, action, danger = false, ready, perform, close, children }: DraftFormProps) {
  const queries = useQueryClient();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    perform().then(() => {
      close();
      return queries.invalidateQueries();
    }, (error: unknown) => {
      setTrouble(error instanceof Error ? error.message : String(error));
      setBusy(false);
    });
  };
  return (
    <Dialog onClose={close} title={title} size="md">
      <form className="ask" onSubmit={go}>
        {children}
        {trouble === null ? null : <p className="trouble" role="alert">{trouble}</p>}
        <DialogActs action={action} off={busy || !ready} danger={danger} close={close} />
      </form>
    </Dialog>
  );
}
