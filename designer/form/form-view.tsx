import type { ViewProps } from "../definition/definition-page.tsx";
import { DefinitionForm } from "./definition-form.tsx";
import { RetryTimeline } from "./retry-timeline.tsx";

/** A whole definition as a form. */
export function FormView({ path, kind, at }: ViewProps) {
  return (
    <div className="form-view">
      <div className="form-sheet">
        {kind === "retry-policy" ? <RetryTimeline path={path} /> : null}
        <DefinitionForm path={path} kind={kind} base="" at={at} />
      </div>
    </div>
  );
}
