import {
  AlarmClock, Calendar, FileBraces, Flag, FlaskConical, GitCompareArrows, ReceiptText, RotateCw, Scale, Server, SquareCheck, Table2, Undo2, UserRound, Waypoints, Workflow,
  type LucideIcon,
} from "lucide-react";
import type { Kind } from "../../engine/language/kinds.ts";

/** How a kind of definition is called and drawn everywhere. */
export interface KindLook {
  readonly one: string;
  readonly many: string;
  readonly icon: LucideIcon;
}

/** All kinds, in the order people meet them: what is delivered, by which rules, with whose help. */
export const KIND_LOOKS = {
  "plan-template": { one: "Plan template", many: "Plan templates", icon: Workflow },
  "decision-table": { one: "Decision table", many: "Decision tables", icon: Table2 },
  "task-type": { one: "Task type", many: "Task types", icon: SquareCheck },
  "dependency-type": { one: "Dependency type", many: "Dependency types", icon: Waypoints },
  "retry-policy": { one: "Retry policy", many: "Retry policies", icon: RotateCw },
  "timeout-policy": { one: "Timeout policy", many: "Timeout policies", icon: AlarmClock },
  "compensation-policy": { one: "Compensation policy", many: "Compensation policies", icon: Undo2 },
  "billing-trigger": { one: "Billing trigger", many: "Billing triggers", icon: ReceiptText },
  "milestone-map": { one: "Milestone map", many: "Milestone maps", icon: Flag },
  "target-system": { one: "Target system", many: "Target systems", icon: Server },
  "manual-task": { one: "Manual task", many: "Manual tasks", icon: UserRound },
  "order-schema": { one: "Order schema", many: "Order schemas", icon: FileBraces },
  "change-policy": { one: "Change policy", many: "Change policies", icon: GitCompareArrows },
  "reconciliation-rule": { one: "Reconciliation rule", many: "Reconciliation rules", icon: Scale },
  "calendar": { one: "Calendar", many: "Calendars", icon: Calendar },
  "scenario": { one: "Scenario", many: "Scenarios", icon: FlaskConical },
} as const satisfies { readonly [kind in Kind]: KindLook };
