import "./allow-styles.ts";
import { editor, Uri } from "monaco-editor/editor";
import "monaco-editor/features/register.all";
import { jsonDefaults } from "monaco-editor/languages/features/json/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import JsonWorker from "monaco-editor/languages/features/json/json.worker?worker";
import { useEffect, useRef } from "react";
import { useTheme } from "../app/theme.ts";

self.MonacoEnvironment = { getWorker: (_id, label) => (label === "json" ? new JsonWorker() : new EditorWorker()) };
jsonDefaults.setDiagnosticsOptions({ validate: true, allowComments: false, schemaValidation: "warning", enableSchemaRequest: false });

interface MonacoEditorProps {
  readonly path: string;
  readonly text: string;
  /** JSON Pointer of the place to show. */
  readonly at: string;
  readonly change: (text: string) => void;
}

/** The text editor, loaded only where text is edited. */
export function MonacoEditor({ path, text, change }: MonacoEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<editor.IStandaloneCodeEditor | null>(null);
  const latest = useRef(change);
  latest.current = change;
  const scheme = useTheme(({ scheme }) => scheme);

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const model = editor.createModel(text, "json", Uri.parse(`inmemory://draft/${path}`));
    const created = editor.create(element, { model, automaticLayout: true, minimap: { enabled: false }, fontFamily: "JetBrains Mono", fontSize: 12, lineHeight: 18, tabSize: 2, scrollBeyondLastLine: false, renderLineHighlight: "line", ariaLabel: path });
    const listening = created.onDidChangeModelContent(() => latest.current(created.getValue()));
    shown.current = created;
    return () => {
      listening.dispose();
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

  useEffect(() => editor.setTheme(scheme === "dark" ? "vs-dark" : "vs"), [scheme]);

  return <div ref={place} className="monaco" />;
}
