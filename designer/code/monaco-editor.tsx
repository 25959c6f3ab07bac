import "./allow-styles.ts";
import { editor, KeyCode, MarkerSeverity, Uri } from "monaco-editor/editor";
import "monaco-editor/features/register.all";
import { jsonDefaults } from "monaco-editor/languages/features/json/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import JsonWorker from "monaco-editor/languages/features/json/json.worker?worker";
import { useEffect, useRef } from "react";
import type { Diagnostic } from "../../engine/language/diagnostic.ts";
import { locateProblems } from "../../engine/language/locate-problems.ts";
import { locatePointer } from "../../engine/language/locate-pointer.ts";
import { giveCommand } from "../app/commands.ts";
import { useTheme } from "../app/theme.ts";
import { DRAFT_ADDRESS, JSON_LANGUAGE } from "./json-schemas.ts";
import { pointerAt } from "./pointer-at.ts";

self.MonacoEnvironment = { getWorker: (_id, label) => (label === "json" ? new JsonWorker() : new EditorWorker()) };
jsonDefaults.setDiagnosticsOptions(JSON_LANGUAGE);

/** The place of the cursor is told this long after it rests. */
const REST_MS = 200;

interface MonacoEditorProps {
  readonly path: string;
  readonly text: string;
  /** Whether the text is JSON, so that places can be found in it. */
  readonly isJson: boolean;
  /** JSON Pointer of the place to show. */
  readonly at: string;
  readonly select: (pointer: string) => void;
  readonly problems: readonly Diagnostic[];
  readonly change: (text: string) => void;
}

/** The text editor, loaded only where text is edited. The cursor and the selected place of the page follow each other. */
export function MonacoEditor({ path, text, isJson, at, select, problems, change }: MonacoEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<editor.IStandaloneCodeEditor | null>(null);
  const told = useRef<string | null>(null);
  const latest = useRef({ change, select });
  latest.current = { change, select };
  const scheme = useTheme(({ scheme }) => scheme);

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const model = editor.createModel(text, "json", Uri.parse(`${DRAFT_ADDRESS}${path}`));
    const created = editor.create(element, { model, automaticLayout: true, minimap: { enabled: false }, fontFamily: "JetBrains Mono", fontSize: 12, lineHeight: 18, tabSize: 2, scrollBeyondLastLine: false, renderLineHighlight: "line", fixedOverflowWidgets: true, ariaLabel: path });
    let resting: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      const position = created.getPosition();
      if (position === null) return;
      told.current = pointerAt(created.getValue(), model.getOffsetAt(position));
      latest.current.select(told.current);
    };
    const listening = [
      created.onDidChangeModelContent(() => latest.current.change(created.getValue())),
      created.onDidChangeCursorPosition(({ source }) => {
        clearTimeout(resting);
        if (source === "mouse" || source === "keyboard") resting = setTimeout(tell, REST_MS);
      }),
    ];
    // The editor has a walk through problems of its own; ours leads through all views.
    created.addCommand(KeyCode.F8, () => giveCommand("problems.next"));
    shown.current = created;
    return () => {
      clearTimeout(resting);
      for (const each of listening) each.dispose();
      created.dispose();
      model.dispose();
      shown.current = null;
    };
    // The editor lives as long as the file is shown; its text is kept in step below.
  }, [path]);

  useEffect(() => {
    const created = shown.current;
    if (created === null || created.getValue() === text) return;
    const model = created.getModel();
    if (model !== null) created.executeEdits("draft", [{ range: model.getFullModelRange(), text }]);
  }, [text]);

  useEffect(() => {
    const created = shown.current;
    if (created === null || at === told.current || at === "") return;
    told.current = at;
    const position = placeOf(created.getValue(), at);
    if (position === null) return;
    created.setPosition(position);
    created.revealPositionInCenterIfOutsideViewport(position);
    created.focus();
  }, [at, path]);

  useEffect(() => {
    const model = shown.current?.getModel();
    if (model === null || model === undefined) return;
    const located = isJson ? locateProblems(problems, () => text) : [];
    editor.setModelMarkers(model, "orderloom", located.map(({ line, column, message, code, severity }) => ({
      severity: severity === "error" ? MarkerSeverity.Error : MarkerSeverity.Warning, message, code, source: "orderloom",
      startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: model.getLineMaxColumn(Math.min(line, model.getLineCount())),
    })));
  }, [problems, text, isJson, path]);

  useEffect(() => editor.setTheme(scheme === "dark" ? "vs-dark" : "vs"), [scheme]);

  return <div ref={place} className="monaco" />;
}

/** Where a place stands in a text; null while the text is no JSON. */
function placeOf(text: string, pointer: string): { readonly lineNumber: number; readonly column: number } | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const { line, column } = locatePointer(text, pointer);
  return { lineNumber: line, column };
}
