import { broken, copyOf, type CheckExample } from "./check-example.ts";
import { TEMPLATE, ACTIVATE, FALLOUT, AUTHORITY, CHANGE, DECIDE, CHANGE_TASKS } from "./files.ts";

/** Change policies, authority and what they lean on. */
export const changeExamples: readonly CheckExample[] = [
  broken("schema-violation", "a person's work can be amended", "task-type/approve.json#/amend", ["task-type/approve.json", "/amend", { action: "adjust", request: {} }]),
  broken("schema-violation", "a requalification looks at a list", `${CHANGE}#/requalify/0`, [CHANGE, "/requalify/0", "charges[0]"]),
  broken("schema-violation", "a change policy never says whether it freezes", `${CHANGE}#`, [CHANGE, "/freezeWhileDeciding", undefined]),
  broken("unknown-reference", "a template names an unknown change policy", `${TEMPLATE}#/changePolicy`, [TEMPLATE, "/changePolicy", "nothing"]),
  broken("unused-definition", "no plan uses a change policy", "change-policy/spare.json#", copyOf(CHANGE, "spare", {})),
  broken("expression-syntax", "a delta is cut off", `${ACTIVATE}#/amend/request/at`, [ACTIVATE, "/amend/request/at", "=task."]),
  broken("unknown-fact", "a recall asks for the charge", `${ACTIVATE}#/withdraw/request/charge`, [ACTIVATE, "/withdraw/request/charge", "=charge.amount"]),
  broken("wrong-table-purpose", "a change is decided by the table for tasks", `${CHANGE}#/decide`, [CHANGE, "/decide", "demo-change-tasks"], [DECIDE, "", undefined]),
  broken("wrong-table-purpose", "tasks are decided by the table for changes", `${CHANGE}#/tasks`, [CHANGE, "/tasks", "demo-change"], [CHANGE_TASKS, "", undefined]),
  broken("output-not-allowed", "a change is answered with maybe", `${DECIDE}#/rows/0/answer`, [DECIDE, "/rows/0/answer", "MAYBE"]),
  broken("output-not-allowed", "a task is deleted", `${CHANGE_TASKS}#/otherwise/do`, [CHANGE_TASKS, "/otherwise/do", "DELETE"]),
  broken("table-output-missing", "a change has no answer", `${DECIDE}#/columns`, [DECIDE, "/columns/1/out", "reason"], [DECIDE, "/rows", []], [DECIDE, "/otherwise", {}]),
  broken("table-without-otherwise", "a change may have no answer", `${DECIDE}#`, [DECIDE, "/otherwise", undefined]),
  broken("unknown-milestone", "a change table looks at an unknown milestone", `${DECIDE}#/columns/0/in`, [DECIDE, "/columns/0/in", "milestones.activated.outcome"], [DECIDE, "/rows/0/passed", ["REACHED"]]),
  broken("approver-missing", "a change needs approval of nobody", `${DECIDE}#/rows/0/answer`, [DECIDE, "/rows/0/answer", "APPROVAL"]),
  broken("approver-missing", "any other change needs approval of nobody", `${DECIDE}#/otherwise/answer`, [DECIDE, "/columns/-", { out: "approverRole", type: "string" }], [DECIDE, "/otherwise", { answer: "APPROVAL", approverRole: "" }]),
  broken("authority-duplicate", "two tables say who may repair", "decision-table/z-authority.json#/purpose", copyOf(AUTHORITY, "z-authority", {})),
  broken("authority-missing", "a waiver is offered that nobody may give", `${FALLOUT}#/otherwise/repairs/1`, [FALLOUT, "/otherwise/repairs", ["RETRY", "WAIVE"]]),
  broken("authority-missing", "a repair is offered that is always refused", `${FALLOUT}#/otherwise/repairs/1`, [FALLOUT, "/otherwise/repairs", ["RETRY", "RESUME"]]),
  broken("authority-missing", "nobody may do the repairs that are offered", `${FALLOUT}#`, [AUTHORITY, "", undefined]),
  broken("output-not-allowed", "an authority is a text", `${AUTHORITY}#/rows/0/allow`, [AUTHORITY, "/columns/2/type", "string"], [AUTHORITY, "/rows/0/allow", "yes"], [AUTHORITY, "/otherwise", undefined]),
  broken("output-not-allowed", "a repair does not exist", `${FALLOUT}#/otherwise/repairs`, [FALLOUT, "/otherwise/repairs", ["RETRY", "REBOOT"]]),
];
