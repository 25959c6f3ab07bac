import { useQueryClient } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import { useState } from "react";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import { draftsApi } from "../api/drafts.ts";
import { ApiError } from "../api/http.ts";
import { useRefusal } from "../app/use-refusal.ts";
import { segments } from "../form/place.ts";
import { Dialog } from "../look/dialog.tsx";
import { review as words } from "../strings/review.ts";
import { refreshWorkspace } from "../workspace/use-workspace-page.ts";

type Choice = "draft" | "live";
type Choices = { readonly [id: string]: Choice };

interface Conflict {
  readonly id: string;
  readonly words: string;
}

/** Something else went live since the draft began: takes it in, and asks where both changed the same. */
export function TakeIn({ view }: { readonly view: ChangeView }) {
  const queries = useQueryClient();
  const refused = useRefusal("definition.draft");
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // A server tells only so many conflicts at once; what was decided stays decided.
  const [decided, setDecided] = useState<Choices>({});
  const take = async (chosen: Choices): Promise<void> => {
    const choices = { ...decided, ...chosen };
    setDecided(choices);
    setBusy(true);
    setTrouble(null);
    try {
      await draftsApi.update(view.name, view.head ?? "", choices);
      setConflicts([]);
      refreshWorkspace();
      await queries.invalidateQueries();
    } catch (error) {
      const found = conflictsOf(error);
      setConflicts(found);
      if (found.length === 0) setTrouble(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <div className="f-attention notice take-in">
      <span>{trouble ?? words.behind}</span>
      <button type="button" className="btn small push" disabled={busy || refused !== undefined} title={refused} onClick={() => void take({})}>
        <GitMerge aria-hidden="true" />
        {words.takeIn}
      </button>
      {conflicts.length === 0 ? null : <Decide key={conflicts.map(({ id }) => id).join()} conflicts={conflicts} busy={busy} decide={(choices) => void take(choices)} close={() => setConflicts([])} />}
    </div>
  );
}

interface DecideProps {
  readonly conflicts: readonly Conflict[];
  readonly busy: boolean;
  readonly decide: (choices: Choices) => void;
  readonly close: () => void;
}

function Decide({ conflicts, busy, decide, close }: DecideProps) {
  const [chosen, setChosen] = useState<Choices>(() => Object.fromEntries(conflicts.map(({ id }) => [id, "draft"])));
  return (
    <Dialog onClose={close} title={words.takeInTitle} size="lg">
      <p>{words.takeInText}</p>
      {conflicts.map(({ id, words: sentence }) => (
        <fieldset key={id} className="conflict">
          <legend>{sentence}</legend>
          <div className="conflict-sides">
            {(["draft", "live"] as const).map((side) => (
              <label key={side} className={chosen[id] === side ? "chosen" : ""}>
                <input type="radio" name={id} checked={chosen[id] === side} onChange={() => setChosen({ ...chosen, [id]: side })} /> {words.takeInSides[side]}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="acts">
        <button type="button" className="btn primary" data-autofocus disabled={busy} onClick={() => decide(chosen)}>
          {words.takeIn}
        </button>
        <button type="button" className="btn quiet" onClick={close}>
          {words.cancel}
        </button>
      </div>
    </Dialog>
  );
}

/** What the server wants decided; nothing when it refused for another reason. */
function conflictsOf(error: unknown): readonly Conflict[] {
  if (!(error instanceof ApiError) || error.code !== "merge-conflict") return [];
  return (error.problem?.errors ?? []).map(({ pointer, detail }) => ({ id: segments(pointer).at(-1) ?? "", words: detail }));
}
