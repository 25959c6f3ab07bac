import { useEffect, useMemo, useRef } from "react";
import { isTyping } from "../app/commands.ts";
import { plan as words } from "../strings/plan.ts";
import { clipOf, clipText, pasteTasks, readClip } from "./clip.ts";
import type { Picks } from "./pick-tasks.ts";
import { removeTasks } from "./plan-edits.ts";
import type { PickTasks } from "./use-picks.ts";
import { editTemplate, type Plan } from "./use-plan.ts";

interface TaskClipboardProps {
  readonly plan: Plan;
  readonly picks: Picks;
  readonly pick: PickTasks;
  /** Tells what was done. */
  readonly say: (text: string) => void;
}

/** Copying, cutting and pasting of the selected tasks. */
export interface TaskClipboard {
  /** The text to be put on the clipboard; null when no task is selected. */
  readonly copy: () => string | null;
  readonly cut: () => string | null;
  readonly paste: (text: string) => void;
}

/** Takes part in copying and pasting by keys, but never inside of text fields, dialogs, or while text is marked. */
export function useTaskClipboard({ plan, picks, pick, say }: TaskClipboardProps): TaskClipboard {
  const clipboard = useMemo<TaskClipboard>(() => {
    const { template } = plan;
    const copy = (): string | null => {
      if (picks.length === 0) return null;
      say(words.copied(picks.length));
      return clipText(clipOf(template, new Set(picks)));
    };
    return {
      copy,
      cut: () => {
        const text = copy();
        if (text === null) return null;
        editTemplate(removeTasks(template, new Set(picks)), { label: words.cutTasks(picks.length) });
        pick([]);
        say(words.cutDone(picks.length));
        return text;
      },
      paste: (text) => {
        const clip = readClip(text);
        if (clip === null) return say(words.nothingToPaste);
        const pasted = pasteTasks(template, clip);
        editTemplate(pasted.template, { label: words.pasteTasks(pasted.keys.length) });
        pick(pasted.keys, pasted.template);
        say(words.pasted(pasted.keys.length, pasted.leftOut));
      },
    };
  }, [plan, picks, pick, say]);
  const latest = useRef(clipboard);
  latest.current = clipboard;
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      if (isForOthers(event) || document.getSelection()?.isCollapsed === false) return;
      const text = event.type === "cut" ? latest.current.cut() : latest.current.copy();
      if (text === null) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (isForOthers(event)) return;
      event.preventDefault();
      latest.current.paste(event.clipboardData?.getData("text/plain") ?? "");
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, []);
  return clipboard;
}

function isForOthers(event: ClipboardEvent): boolean {
  return event.defaultPrevented || isTyping(event.target) || document.querySelector("[role=dialog]") !== null;
}
