import { useMemo, useState } from "react";
import { usePersonName } from "../app/person.tsx";
import { Dialog } from "../look/dialog.tsx";
import { Emphasized } from "../look/emphasized.tsx";
import { draft as words } from "../strings/draft.ts";
import type { Saving } from "./draft-state.ts";
import { conflictKey, conflictsIn, type JoinConflict } from "./join-files.ts";
import { settle } from "./save-draft.ts";
import { isDefinition, useWorkspace } from "./workspace.ts";

interface ConflictDialogProps {
  readonly saving: Extract<Saving, { state: "conflict" }>;
  readonly close: () => void;
}

/** What both changed, object by object and side by side; everything else is joined already, and nothing goes on before this is decided. */
export function ConflictDialog({ saving, close }: ConflictDialogProps) {
  const files = useWorkspace(({ history }) => history.files);
  const conflicts = useMemo(() => conflictsIn(saving.open, files), [saving.open, files]);
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const nameOf = usePersonName();
  const by = nameOf(saving.by);
  const choose = (key: string, take: boolean): void => setTheirs((before) => new Set(take ? [...before, key] : [...before].filter((other) => other !== key)));
  const go = (): void => {
    settle(new Map(conflicts.map((conflict) => [conflictKey(conflict), theirs.has(conflictKey(conflict)) ? "theirs" : "ours"])));
    close();
  };
  return (
    <Dialog onClose={close} title={words.conflictTitle(by)} size="xl">
      <p>{words.conflictText(conflicts.length)}</p>
      {conflicts.map((conflict) => (
        <Decision key={conflictKey(conflict)} conflict={conflict} by={by} takesTheirs={theirs.has(conflictKey(conflict))} choose={(take) => choose(conflictKey(conflict), take)} />
      ))}
      <div className="acts">
        <button type="button" className="btn primary" data-autofocus onClick={go}>
          {words.settle}
        </button>
        <button type="button" className="btn quiet" onClick={close}>
          {words.later}
        </button>
      </div>
    </Dialog>
  );
}

interface DecisionProps {
  readonly conflict: JoinConflict;
  readonly by: string;
  readonly takesTheirs: boolean;
  readonly choose: (theirs: boolean) => void;
}

function Decision({ conflict, by, takesTheirs, choose }: DecisionProps) {
  const { path, sides, ours, theirs } = conflict;
  const content = ours?.content ?? theirs?.content;
  const sideText = (state: JoinConflict["ours"], phrase: string | undefined) => (phrase === undefined ? <pre>{state === null ? words.deleted : state.text}</pre> : <p><Emphasized text={phrase} /></p>);
  return (
    <fieldset className="conflict">
      <legend>
        <b>{isDefinition(content) ? content.title : path}</b>: {sides === null ? words.wholeFile : <Emphasized text={sides.thing} />}
      </legend>
      <div className="conflict-sides">
        {([[false, words.mine, sideText(ours, sides?.ours)], [true, words.theirs(by), sideText(theirs, sides?.theirs)]] as const).map(([take, title, text]) => (
          <label key={title} className={takesTheirs === take ? "chosen" : ""}>
            <span>
              <input type="radio" name={conflictKey(conflict)} checked={takesTheirs === take} onChange={() => choose(take)} /> {title}
            </span>
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
