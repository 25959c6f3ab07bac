import { Link } from "../app/link.tsx";
import type { ViewProps } from "../definition/definition-page.tsx";
import { definitionPath } from "../library/definition-path.ts";
import { form as words } from "../strings/form.ts";
import { PlanCanvas } from "./plan-canvas.tsx";
import type { Plan } from "./use-plan.ts";

interface PlanUnreadProps extends ViewProps {
  readonly plan: Plan;
  readonly reason: string;
}

/** The plan as its JSON last meant it, while that cannot be read: only to be looked at, so that what is being typed is not written over. */
export function PlanUnread({ plan: { template, view, moved }, reason, kind, definitionKey, at, select }: PlanUnreadProps) {
  return (
    <div className="plan-unread">
      <p className="trouble" role="status">
        {words.stale(reason)} <Link to={`${definitionPath(kind, definitionKey)}?view=json`}>{words.toJson}</Link>
      </p>
      <PlanCanvas title={template.title} view={view} moved={moved} arrangement="stages" at={at} select={select} overlay={NOTHING} actions={null} />
    </div>
  );
}

const NOTHING = {};
