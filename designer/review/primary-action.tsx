import { useNavigate } from "@tanstack/react-router";
import { GitPullRequestArrow, PencilRuler, Rocket } from "lucide-react";
import { useState } from "react";
import type { ChangeView } from "../../server/promotion/change-view.ts";
import { draftsApi } from "../api/drafts.ts";
import { usePersona } from "../api/session.ts";
import { useRefusal } from "../app/use-refusal.ts";
import { CommandButton } from "../app/parts.tsx";
import { review as words } from "../strings/review.ts";
import { refreshWorkspace, workOn } from "../workspace/use-workspace-page.ts";
import { Ask } from "./ask.tsx";

/** The one next step of a change set; when it cannot be taken it says why. */
export function PrimaryAction({ view, done }: { readonly view: ChangeView; readonly done: () => Promise<void> }) {
  const me = usePersona();
  const [asking, setAsking] = useState<"submit" | "promote" | null>(null);
  const navigate = useNavigate();
  const mine = view.author === me?.persona;
  const cannotPromote = useRefusal("definition.promote");
  const head = view.head ?? "";
  if (view.state === "PROMOTED" || view.state === "SUPERSEDED" || view.state === "WITHDRAWN") return null;
  const openDraft = { id: "review.open", title: words.openDraft, group: words.place, run: () => void workOn(view.name).then(() => navigate({ to: "/design", search: { view: "drafts" } })) };
  const submit = { id: "review.submit", title: words.submit, group: words.place, disabled: view.changes.length === 0 ? words.submitNothing : undefined, run: () => setAsking("submit") };
  const promote = { id: "review.promote", title: words.promote, group: words.place, disabled: view.state === "APPROVED" ? cannotPromote : view.state === "DRAFT" ? words.notSubmitted : words.notApproved, run: () => setAsking("promote") };
  return (
    <>
      {mine ? <CommandButton command={openDraft} className="btn"><PencilRuler aria-hidden="true" />{words.openDraft}</CommandButton> : null}
      {mine && view.state === "DRAFT" ? (
        <CommandButton command={submit} className="btn primary"><GitPullRequestArrow aria-hidden="true" />{words.submit}</CommandButton>
      ) : (
        <CommandButton command={promote} className="btn primary"><Rocket aria-hidden="true" />{words.promote}</CommandButton>
      )}
      {asking === "submit" ? <Ask title={words.submit} action={words.submit} subject={view.title} reasonNeeded perform={(reason, title) => draftsApi.submit(view.name, head, title, reason).then(done)} close={() => setAsking(null)} /> : null}
      {asking === "promote" ? <Ask title={words.promote} action={words.promote} reasonNeeded perform={(reason) => draftsApi.promote(view.name, view.reviewedCommit ?? head, reason).then(refreshWorkspace).then(done)} close={() => setAsking(null)} /> : null}
    </>
  );
}
