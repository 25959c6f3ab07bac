import { CloudAlert, CloudCheck, CloudOff, CloudUpload, GitMerge } from "lucide-react";
import { useState } from "react";
import { Dialog } from "../look/dialog.tsx";
import { formatInstant } from "../look/format.ts";
import { draft as words } from "../strings/draft.ts";
import { resolve, useDraft, type Saving } from "./draft.ts";
import type { FileState } from "./file-state.ts";
import { changedFiles, isDefinition, useWorkspace } from "./workspace.ts";

/** Whether what one did is safe; always in view where definitions are edited. */
export function SaveState() {
  const saving = useDraft(({ saving }) => saving);
  const { baseFiles, history } = useWorkspace();
  const [deciding, setDeciding] = useState(false);
  if (saving.state === "conflict") {
    return (
      <>
        <button type="button" className="btn small danger" onClick={() => setDeciding(true)}>
          <GitMerge aria-hidden="true" />
          {words.conflict(saving.by)}
        </button>
        {deciding ? <Conflict saving={saving} close={() => setDeciding(false)} /> : null}
      </>
    );
  }
  const changed = changedFiles(baseFiles, history.files).size > 0;
  const [Icon, text, hint] = shown(saving, changed);
  return (
    <span className="status" role="status" title={hint}>
      <Icon aria-hidden="true" />
      {text}
    </span>
  );
}

function shown(saving: Exclude<Saving, { state: "conflict" }>, changed: boolean) {
  switch (saving.state) {
    case "saved": return [CloudCheck, changed && saving.at !== null ? words.saved(formatInstant(saving.at)) : words.nothingChanged, undefined] as const;
    case "saving": return [CloudUpload, words.saving, undefined] as const;
    case "offline": return [CloudOff, words.offline, saving.reason] as const;
    case "unreadable": return [CloudAlert, words.unreadable(saving.paths.length), saving.paths.join(", ")] as const;
    case "local": return [CloudOff, words.local, undefined] as const;
  }
}

/** What both changed, side by side; nothing goes on before it is decided. */
function Conflict({ saving, close }: { readonly saving: Extract<Saving, { state: "conflict" }>; readonly close: () => void }) {
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const settle = (): void => {
    resolve(new Map(saving.conflicts.map(({ path, ours, theirs: other }): [string, FileState | null] => [path, theirs.has(path) ? other : ours])));
    close();
  };
  const toggle = (path: string, take: boolean): void => setTheirs((before) => new Set(take ? [...before, path] : [...before].filter((other) => other !== path)));
  return (
    <Dialog onClose={close} title={words.conflictTitle(saving.by)} size="90%">
      <p>{words.conflictText}</p>
      {saving.conflicts.map(({ path, ours, theirs: other }) => (
        <section key={path} className="conflict">
          <h3>{isDefinition(ours?.content) ? ours.content.title : path}</h3>
          <div className="conflict-sides">
            {([[false, words.mine, ours], [true, words.theirs(saving.by), other]] as const).map(([take, title, state]) => (
              <label key={title} className={theirs.has(path) === take ? "chosen" : ""}>
                <span>
                  <input type="radio" name={path} checked={theirs.has(path) === take} onChange={() => toggle(path, take)} /> {title}
                </span>
                <pre>{state?.text ?? "–"}</pre>
              </label>
            ))}
          </div>
        </section>
      ))}
      <div className="acts">
        <button type="button" className="btn primary" onClick={settle}>
          {words.settle}
        </button>
        <button type="button" className="btn quiet" onClick={close}>
          {words.later}
        </button>
      </div>
    </Dialog>
  );
}
