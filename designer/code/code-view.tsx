import { lazy, Suspense } from "react";
import type { ViewProps } from "../definition/definition-page.tsx";
import { definition as words } from "../strings/definition.ts";
import { typeText, useFile } from "../workspace/workspace.ts";

const Editor = lazy(async () => ({ default: (await import("./monaco-editor.tsx")).MonacoEditor }));

/** The definition as text. What is no JSON yet is kept and said; the other views stay as they were. */
export function CodeView({ path, at }: ViewProps) {
  const file = useFile(path);
  if (file === null) return null;
  return (
    <div className="code-view">
      {file.unread === null ? null : (
        <p className="trouble" role="status">
          {words.unread(file.unread)}
        </p>
      )}
      <Suspense fallback={<p className="loading">{words.loading}</p>}>
        <Editor path={path} text={file.text} at={at} change={(text) => typeText(path, text, words.editJson)} />
      </Suspense>
    </div>
  );
}
