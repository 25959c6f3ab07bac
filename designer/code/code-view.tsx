import { lazy, Suspense, useMemo } from "react";
import type { ViewProps } from "../definition/definition-page.tsx";
import { definition as words } from "../strings/definition.ts";
import { useProblems } from "../workspace/problems.ts";
import { typeText, useFile } from "../workspace/workspace.ts";

const Editor = lazy(async () => ({ default: (await import("./monaco-editor.tsx")).MonacoEditor }));

/** The definition as text. What is no JSON yet is kept and said; the other views stay as they were. */
export function CodeView({ path, at, select }: ViewProps) {
  const file = useFile(path);
  const diagnostics = useProblems(({ diagnostics }) => diagnostics);
  const problems = useMemo(() => diagnostics.filter((problem) => problem.file === path), [diagnostics, path]);
  if (file === null) return null;
  return (
    <div className="code-view">
      {file.unread === null ? null : (
        <p className="trouble" role="status">
          {words.unread(file.unread)}
        </p>
      )}
      <Suspense fallback={<p className="loading">{words.loading}</p>}>
        <Editor path={path} text={file.text} isJson={file.unread === null} at={at} select={select} problems={problems} change={(text) => typeText(path, text, words.editJson)} />
      </Suspense>
    </div>
  );
}
