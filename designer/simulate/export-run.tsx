import { Menu } from "@mantine/core";
import { Copy, Download, FileJson } from "lucide-react";
import { useMemo } from "react";
import type { JournalEntry } from "../../engine/order/events.ts";
import { useCommands, type Command } from "../app/commands.ts";
import { simulate as words } from "../strings/simulate.ts";
import { runCommand, runFiles } from "./run-files.ts";
import { useRun, type Sample } from "./run-state.ts";

/** Hands the run out: order, script and event log as files, and the command that gives the same log without a browser. */
export function ExportRun({ sample, journal }: { readonly sample: Sample; readonly journal: readonly JournalEntry[] }) {
  const script = useRun(({ script }) => script);
  const commands = useMemo(() => {
    const request = { order: sample.order, startAt: sample.startAt, script };
    const files = runFiles(request, journal).map((file): Command => ({ id: `simulate.export.${file.name}`, title: words.exportFile(file.name), group: words.group, run: () => saveFile(file.name, file.text) }));
    const copy: Command = { id: "simulate.export.command", title: words.copyCommand, group: words.group, run: () => void navigator.clipboard.writeText(runCommand(request, words.definitionsFolder)) };
    return [...files, copy];
  }, [sample, script, journal]);
  useCommands(commands);
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <button type="button" className="btn small">
          <Download aria-hidden="true" />
          {words.exportRun}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {commands.map(({ id, title, run }) => (
          <Menu.Item key={id} leftSection={id.endsWith(".command") ? <Copy size={14} aria-hidden="true" /> : <FileJson size={14} aria-hidden="true" />} onClick={run}>
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function saveFile(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
