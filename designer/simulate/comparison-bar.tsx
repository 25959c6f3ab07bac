import { ChevronDown, ChevronUp } from "lucide-react";
import { useMemo } from "react";
import { useCommands, type Command } from "../app/commands.ts";
import { CommandButton } from "../app/parts.tsx";
import { humanMs } from "../look/human-duration.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { Divergence } from "./divergences.ts";

interface ComparisonBarProps {
  readonly divergences: readonly Divergence[];
  readonly step: number;
  readonly goTo: (step: number) => void;
}

/** Where the draft parts from what is live: how often, the place one stands at in words, and the way to the others. */
export function ComparisonBar({ divergences, step, goTo }: ComparisonBarProps) {
  const here = divergences.findLastIndex(({ draftStep }) => draftStep <= step);
  const shown = divergences[here] ?? divergences[0];
  const commands = useMemo(() => {
    const before = divergences.findLast(({ draftStep }) => draftStep < step);
    const after = divergences.find(({ draftStep }) => draftStep > step);
    return {
      previous: { id: "simulate.previous-difference", title: words.previousDifference, group: words.group, keys: "Shift+F7", disabled: before === undefined ? words.nothing : undefined, run: () => goTo(before?.draftStep ?? step) },
      next: { id: "simulate.next-difference", title: words.nextDifference, group: words.group, keys: "F7", disabled: after === undefined ? words.nothing : undefined, run: () => goTo(after?.draftStep ?? step) },
    } satisfies { readonly [name: string]: Command };
  }, [divergences, step, goTo]);
  useCommands(useMemo(() => Object.values(commands), [commands]));
  if (shown === undefined) return <p className="comparison">{words.same}</p>;
  return (
    <div className="comparison">
      <CommandButton command={commands.previous} className="btn small icon"><ChevronUp aria-hidden="true" /></CommandButton>
      <CommandButton command={commands.next} className="btn small icon"><ChevronDown aria-hidden="true" /></CommandButton>
      <b className="nowrap">{words.differenceOf(Math.max(0, here) + 1, divergences.length)}</b>
      <span className="trunc" title={inWords(shown)}>{inWords(shown)}</span>
    </div>
  );
}

function inWords({ onlyDraft, onlyLive, laterMs }: Divergence): string {
  const some = (titles: readonly string[]): string => (titles.length > 3 ? `${titles.slice(0, 3).join("; ")}; ${words.more(titles.length - 3)}` : titles.join("; "));
  return [
    onlyDraft.length === 0 ? "" : words.onlyDraft(some(onlyDraft)),
    onlyLive.length === 0 ? "" : words.onlyLive(some(onlyLive)),
    laterMs === 0 ? "" : words.shifted(humanMs(Math.abs(laterMs)), laterMs > 0),
  ].filter((part) => part !== "").join(" ");
}
