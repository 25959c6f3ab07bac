import { useNavigate } from "@tanstack/react-router";
import { GitPullRequestArrow } from "lucide-react";
import { useMemo, useState } from "react";
import { draftsApi } from "../api/drafts.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { useRefusal } from "../app/use-refusal.ts";
import { review as words } from "../strings/review.ts";
import { useDraft } from "../workspace/draft-state.ts";
import { save } from "../workspace/save-draft.ts";
import { changedFiles, useWorkspace } from "../workspace/workspace.ts";
import { Ask } from "./ask.tsx";

/** Puts the author's draft up for review, with a title and a reason. */
export function SubmitButton({ className = "btn primary" }: { readonly className?: string }) {
  const { baseFiles, history } = useWorkspace();
  const { name, title, saving, standing } = useDraft();
  const refused = useRefusal("definition.draft");
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const changed = useMemo(() => changedFiles(baseFiles, history.files).size > 0, [baseFiles, history.files]);
  const isSafe = saving.state === "saved" || saving.state === "saving";
  const whyNot = refused ?? (!changed ? words.submitNothing : !isSafe ? words.saveFirst : standing === "DRAFT" || saving.state === "saving" ? undefined : words.inReview);
  const command = useMemo<Command>(
    () => ({ id: "review.submit", title: words.submit, group: words.place, disabled: whyNot, run: () => setAsking(true) }),
    [whyNot],
  );
  useCommands(useMemo(() => [command], [command]));
  const submit = async (reason: string, subject: string): Promise<void> => {
    await save();
    const draft = useDraft.getState();
    if (draft.name === null || draft.head === null) throw new Error(words.saveFirst);
    await draftsApi.submit(draft.name, draft.head, subject, reason);
    useDraft.setState({ standing: "SUBMITTED", title: subject });
    await navigate({ to: "/review/$draft", params: { draft: draft.name } });
  };
  return (
    <>
      <CommandButton command={command} className={className}>
        <GitPullRequestArrow aria-hidden="true" />
        {words.submit}
      </CommandButton>
      {asking ? <Ask title={words.submit} action={words.submit} subject={title === "" ? (name ?? "") : title} reasonNeeded perform={submit} close={() => setAsking(false)} /> : null}
    </>
  );
}
