import type { Edit } from "./edit-draft.ts";
import { minimalRelease, type Draft, type DraftValue } from "./minimal-release.ts";

/** A change that makes the minimal release wrong in exactly one way. */
export interface BrokenRelease {
  readonly code: string;
  readonly when: string;
  readonly edits: readonly Edit[];
  /** File and JSON Pointer of the one diagnostic. */
  readonly at: string;
}

const broken = (code: string, when: string, at: string, ...edits: readonly Edit[]): BrokenRelease => ({ code, when, at, edits });

/** A copy of a definition of the minimal release under another key, changed. */
function copy(file: string, key: string, changes: Draft): Edit {
  const [kind = ""] = file.split("/");
  return [`${kind}/${key}.json`, "", { ...minimalRelease().get(file), key, ...changes }];
}

const all = (fact: string, path: string, operator: string, value: DraftValue): Draft => ({ all: [{ fact, path, operator, value }] });
const TEMPLATE = "plan-template/demo-add.json";
const RESERVE = "task-type/reserve.json";
const ACTIVATE = "task-type/activate.json";
const FALLOUT = "decision-table/fallout.json";
const DECOMPOSITION = "decision-table/demo-decomposition.json";
const STATUS = "decision-table/demo-status.json";
const FAILURES = "decision-table/failures.json";
const AUTHORITY = "decision-table/authority.json";
const CHANGE = "change-policy/demo.json";
const DECIDE = "decision-table/demo-change.json";
const CHANGE_TASKS = "decision-table/demo-change-tasks.json";
const NETWORK = "target-system/network.json";
const MAP = "milestone-map/demo.json";
const STANDARD = "retry-policy/standard.json";
const nested = (depth: number): DraftValue => (depth === 0 ? 1 : [nested(depth - 1)]);

const FILE_BY_ITSELF: readonly BrokenRelease[] = [
  broken("malformed", "a definition is a list", `${TEMPLATE}#`, [TEMPLATE, "", []]),
  broken("forbidden-property", "__proto__ is a property", `${RESERVE}#/request/__proto__`, [RESERVE, "/request/__proto__", { polluted: true }]),
  broken("forbidden-property", "constructor is a key", `${RESERVE}#/key`, [RESERVE, "/key", "constructor"]),
  broken("forbidden-property", "__proto__ is a fact", `${RESERVE}#/preconditions/all/0/fact`, [RESERVE, "/preconditions", all("__proto__", "x", "equal", 1)]),
  broken("forbidden-property", "__proto__ is in a path", `${RESERVE}#/preconditions/all/0/path`, [RESERVE, "/preconditions", all("item", "place.__proto__.x", "equal", 1)]),
  broken("forbidden-property", "prototype is a row id", `${FALLOUT}#/rows/0/id`, [FALLOUT, "/rows/-", { id: "prototype", severity: "P1" }]),
  broken("too-deep", "values are nested 40 deep", `${RESERVE}#/request/x${"/0".repeat(30)}`, [RESERVE, "/request/x", nested(40)]),
  broken("bidi-control", "a description turns the direction of text", `${RESERVE}#/description`, [RESERVE, "/description", "Reserve \u202Ea port"]),
  broken("secret-in-definition", "a payment key is written down", `${RESERVE}#/request/key`, [RESERVE, "/request/key", ["sk", "live", "51H8xYzAbCdEfGh"].join("_")]),
  broken("secret-in-definition", "a private key is written down", `${RESERVE}#/description`, [RESERVE, "/description", ["-----BEGIN", "PRIVATE", "KEY-----"].join(" ")]),
  broken("inline-url-forbidden", "an endpoint is an address", `${NETWORK}#/endpoint`, [NETWORK, "/endpoint", "https://network.example"]),
  broken("inline-url-forbidden", "a request holds an address", `${RESERVE}#/request/callback`, [RESERVE, "/request/callback", "http://10.0.0.1/x"]),
  broken("unknown-kind", "a kind does not exist", `${RESERVE}#/kind`, [RESERVE, "/kind", "workflow"]),
  broken("path-mismatch", "the file has another name", "task-type/other.json#/key", ["task-type/other.json", "", minimalRelease().get(RESERVE)], [RESERVE, "", undefined]),
  broken("schema-violation", "a property is misspelled", `${RESERVE}#/requests`, [RESERVE, "/requests", {}]),
  broken("schema-violation", "a title is missing", `${RESERVE}#`, [RESERVE, "/title", undefined]),
  broken("schema-violation", "a milestone is reached in two ways", `${TEMPLATE}#/milestones/0`, [TEMPLATE, "/milestones/0/reachedOn", "call"]),
  broken("schema-violation", "a person's work has a mode", "task-type/approve.json#/work/mode", ["task-type/approve.json", "/work/mode", "query"]),
  broken("duplicate-id", "two files define the same key", "z/task-type/reserve.json#/key", ["z/task-type/reserve.json", "", minimalRelease().get(RESERVE)]),
  broken("duplicate-id", "two tasks have the same key", `${TEMPLATE}#/tasks/1/key`, [TEMPLATE, "/tasks/1/key", "reserve"]),
  broken("duplicate-id", "a template defines a built-in milestone", `${TEMPLATE}#/milestones/0/key`, [TEMPLATE, "/milestones/0/key", "item-completed"]),
  broken("confusable-id", "two tasks differ by case", `${TEMPLATE}#/tasks/1/key`, [TEMPLATE, "/tasks/1/key", "Reserve"]),
  broken("confusable-id", "two tasks differ by a Cyrillic letter", `${TEMPLATE}#/tasks/1/key`, [TEMPLATE, "/tasks/1/key", "r\u0435serve"]),
  broken("confusable-id", "two definitions differ by a digit that looks like a letter", "task-type/release.json#/key", copy("task-type/release.json", "re1ease", {})),
  broken("too-many-rows", "a table has 10,001 rows", `${FAILURES}#/rows`, [FAILURES, "/rows", Array.from({ length: 10_001 }, (_, row) => ({ id: `r${row}`, class: "UNKNOWN" }))]),
  broken("too-many-tasks", "a template has 5,001 tasks", `${TEMPLATE}#/tasks`, [TEMPLATE, "/tasks", Array.from({ length: 5_001 }, (_, task) => ({ key: `t${task}`, type: "reserve" }))]),
];

const REFERENCES: readonly BrokenRelease[] = [
  broken("unknown-reference", "a task has an unknown type", `${TEMPLATE}#/tasks/0/type`, [TEMPLATE, "/tasks/0/type", "reserv"]),
  broken("unknown-reference", "a table chooses an unknown template", `${DECOMPOSITION}#/rows/0/planTemplate`, [DECOMPOSITION, "/rows/-", { id: "x", offering: ["DEMO"], action: ["MODIFY"], planTemplate: "nothing" }], [DECOMPOSITION, "/rows", [{ id: "x", offering: ["DEMO"], action: ["MODIFY"], planTemplate: "nothing" }, { id: "add", offering: ["DEMO"], action: ["ADD"], planTemplate: "demo-add" }]]),
  broken("unknown-task", "a dependency names an unknown task", `${TEMPLATE}#/tasks/2/dependsOn/1/task`, [TEMPLATE, "/tasks/2/dependsOn/1/task", "aprove"]),
  broken("unknown-milestone", "a dependency names an unknown milestone", `${TEMPLATE}#/tasks/3/dependsOn/0/milestone`, [TEMPLATE, "/tasks/3/dependsOn/0/milestone", "activated"]),
  broken("unknown-milestone", "a completion looks at an unknown milestone", `${TEMPLATE}#/completeWhen/all/0/path`, [TEMPLATE, "/completeWhen/all/0/path", "activated.outcome"]),
  broken("unknown-milestone", "a status table looks at an unknown milestone", `${STATUS}#/columns/0/in`, [STATUS, "/columns/0/in", "milestones.activated.outcome"]),
  broken("unknown-status", "a status table answers something else", `${STATUS}#/otherwise/status`, [STATUS, "/otherwise/status", "PENDING_SOMEHOW"]),
  broken("edge-mismatch", "a milestone dependency names a task", `${TEMPLATE}#/tasks/3/dependsOn/0`, [TEMPLATE, "/tasks/3/dependsOn/0", { type: "milestone", task: "activate" }]),
  broken("unused-definition", "nothing uses a retry policy", "retry-policy/spare.json#", copy(STANDARD, "spare", {})),
];

const EXPRESSIONS: readonly BrokenRelease[] = [
  broken("condition-malformed", "a condition has no operator word", `${TEMPLATE}#/completeWhen`, [TEMPLATE, "/completeWhen", { every: [] }]),
  broken("unknown-operator", "an operator does not exist", `${TEMPLATE}#/completeWhen/all/0/operator`, [TEMPLATE, "/completeWhen/all/0/operator", "like"]),
  broken("unknown-fact", "includeWhen looks at the clock", `${TEMPLATE}#/tasks/1/includeWhen/all/0/fact`, [TEMPLATE, "/tasks/1/includeWhen", all("now", "x", "equal", 1)]),
  broken("path-forbidden", "a path is a filter", `${TEMPLATE}#/completeWhen/all/0/path`, [TEMPLATE, "/completeWhen", all("item", "$..[?(@.x)]", "equal", 1)]),
  broken("type-mismatch", "more than a text", `${TEMPLATE}#/completeWhen/all/0/value`, [TEMPLATE, "/completeWhen", all("item", "quantity", "greaterThan", "1")]),
  broken("expression-syntax", "an expression is cut off", `${RESERVE}#/request/resource`, [RESERVE, "/request/resource", "=with."]),
  broken("expression-forbidden", "an expression asks the clock", `${RESERVE}#/request/at`, [RESERVE, "/request/at", "=now()"]),
  broken("invalid-duration", "a span is written in words", `${STANDARD}#/maxElapsed`, [STANDARD, "/maxElapsed", "4 hours"]),
  broken("ambiguous-duration", "a span is a month", "billing-trigger/demo-start.json#/escalateAfter", ["billing-trigger/demo-start.json", "/escalateAfter", "P1M"]),
  broken("invalid-instant", "an instant is a day", "billing-trigger/demo-start.json#/effectiveFrom", ["billing-trigger/demo-start.json", "/effectiveFrom", "2026-11-06"]),
];

const CARRIED_SCHEMAS: readonly BrokenRelease[] = [
  broken("json-schema-invalid", "a type does not exist", `${RESERVE}#/evidence/type`, [RESERVE, "/evidence", { type: "strng" }]),
  broken("keyword-forbidden", "a schema refers to itself", `${RESERVE}#/evidence/$ref`, [RESERVE, "/evidence", { $ref: "#" }]),
  broken("keyword-forbidden", "a schema reads its own data", `${RESERVE}#/evidence/properties/a/const`, [RESERVE, "/evidence", { type: "object", properties: { a: { const: { $data: "1/b" } } } }]),
  broken("keyword-forbidden", "a format is not known", `${RESERVE}#/evidence/format`, [RESERVE, "/evidence", { type: "string", format: "uri" }]),
  broken("remote-ref", "a schema refers to the web", `${RESERVE}#/evidence/$ref`, [RESERVE, "/evidence", { $ref: "http://example.org/x.json" }]),
  broken("regex-not-linear", "a form repeats a repetition", "manual-task/repair.json#/form/properties/reason/pattern", ["manual-task/repair.json", "/form/properties/reason", { type: "string", pattern: "(a+)+$" }]),
  broken("regex-not-linear", "alternatives are the same", "manual-task/repair.json#/form/properties/reason/pattern", ["manual-task/repair.json", "/form/properties/reason", { type: "string", pattern: "^(a|a)*$" }]),
  broken("regex-not-linear", "a pattern looks behind", "manual-task/repair.json#/form/properties/reason/pattern", ["manual-task/repair.json", "/form/properties/reason", { type: "string", pattern: "(?<=a)b" }]),
];

const CHANGES: readonly BrokenRelease[] = [
  broken("schema-violation", "a person's work can be amended", "task-type/approve.json#/amend", ["task-type/approve.json", "/amend", { action: "adjust", request: {} }]),
  broken("schema-violation", "a requalification looks at a list", `${CHANGE}#/requalify/0`, [CHANGE, "/requalify/0", "charges[0]"]),
  broken("schema-violation", "a change policy never says whether it freezes", `${CHANGE}#`, [CHANGE, "/freezeWhileDeciding", undefined]),
  broken("unknown-reference", "a template names an unknown change policy", `${TEMPLATE}#/changePolicy`, [TEMPLATE, "/changePolicy", "nothing"]),
  broken("unused-definition", "no plan uses a change policy", "change-policy/spare.json#", copy(CHANGE, "spare", {})),
  broken("expression-syntax", "a delta is cut off", `${ACTIVATE}#/amend/request/at`, [ACTIVATE, "/amend/request/at", "=task."]),
  broken("unknown-fact", "a recall asks for the charge", `${ACTIVATE}#/withdraw/request/charge`, [ACTIVATE, "/withdraw/request/charge", "=charge.amount"]),
  broken("wrong-table-purpose", "a change is decided by the table for tasks", `${CHANGE}#/decide`, [CHANGE, "/decide", "demo-change-tasks"], [DECIDE, "", undefined]),
  broken("wrong-table-purpose", "tasks are decided by the table for changes", `${CHANGE}#/tasks`, [CHANGE, "/tasks", "demo-change"], [CHANGE_TASKS, "", undefined]),
  broken("output-not-allowed", "a change is answered with maybe", `${DECIDE}#/rows/0/answer`, [DECIDE, "/rows/0/answer", "MAYBE"]),
  broken("output-not-allowed", "a task is deleted", `${CHANGE_TASKS}#/otherwise/do`, [CHANGE_TASKS, "/otherwise/do", "DELETE"]),
  broken("table-output-missing", "a change has no answer", `${DECIDE}#/columns`, [DECIDE, "/columns/1/out", "reason"], [DECIDE, "/rows", []], [DECIDE, "/otherwise", {}]),
  broken("table-without-otherwise", "a change may have no answer", `${DECIDE}#`, [DECIDE, "/otherwise", undefined]),
  broken("unknown-milestone", "a change table looks at an unknown milestone", `${DECIDE}#/columns/0/in`, [DECIDE, "/columns/0/in", "milestones.activated.outcome"]),
  broken("approver-missing", "a change needs approval of nobody", `${DECIDE}#/rows/0/answer`, [DECIDE, "/rows/0/answer", "APPROVAL"]),
  broken("approver-missing", "any other change needs approval of nobody", `${DECIDE}#/otherwise/answer`, [DECIDE, "/columns/-", { out: "approverRole", type: "string" }], [DECIDE, "/otherwise", { answer: "APPROVAL", approverRole: "" }]),
  broken("authority-duplicate", "two tables say who may repair", "decision-table/z-authority.json#/purpose", copy(AUTHORITY, "z-authority", {})),
  broken("authority-missing", "nobody may do the repairs that are offered", `${FALLOUT}#`, [AUTHORITY, "", undefined]),
  broken("output-not-allowed", "an authority is a text", `${AUTHORITY}#/rows/0/allow`, [AUTHORITY, "/columns/2/type", "string"], [AUTHORITY, "/rows/0/allow", "yes"], [AUTHORITY, "/otherwise", undefined]),
  broken("output-not-allowed", "a repair does not exist", `${FALLOUT}#/otherwise/repairs`, [FALLOUT, "/otherwise/repairs", ["RETRY", "REBOOT"]]),
];

const TABLES: readonly BrokenRelease[] = [
  broken("cell-syntax", "a cell is half an interval", `${FAILURES}#/rows/0/code`, [FAILURES, "/rows/0/code", "[1.."]),
  broken("cell-not-allowed", "a cell is not among the values", `${DECOMPOSITION}#/rows/0/action`, [DECOMPOSITION, "/rows/0/action", ["ADD", "REMOVE"]]),
  broken("output-not-allowed", "a class does not exist", `${FAILURES}#/rows/0/class`, [FAILURES, "/rows/0/class", "SOMETIMES"]),
  broken("duplicate-row-id", "two rows have the same id", `${FAILURES}#/rows/1/id`, [FAILURES, "/rows/-", { id: "busy", class: "UNKNOWN" }]),
  broken("duplicate-column", "two columns have the same name", `${FAILURES}#/columns/2/key`, [FAILURES, "/columns/-", { key: "code", in: "failure.effect", type: "string" }]),
  broken("unknown-column", "a row has a cell too many", `${FAILURES}#/rows/0/http`, [FAILURES, "/rows/0/http", [500]]),
  broken("priority-needs-values", "PRIORITY without an order", `${FAILURES}#/columns`, [FAILURES, "/hitPolicy", "PRIORITY"]),
  broken("aggregate-needs-collect", "FIRST with an aggregate", `${FAILURES}#/aggregate`, [FAILURES, "/aggregate", "COUNT"]),
  broken("aggregate-needs-one-number", "a sum of texts", "decision-table/spare.json#/aggregate", copy(FAILURES, "spare", { purpose: "general", hitPolicy: "COLLECT", aggregate: "SUM", columns: [{ key: "region", in: "order.region", type: "string" }, { out: "class", type: "string" }], rows: [] })),
  broken("wrong-table-purpose", "a status table decides failures", `${NETWORK}#/failures`, [NETWORK, "/failures", "demo-status"]),
  broken("wrong-hit-policy", "a failure has many classes", `${FAILURES}#/hitPolicy`, [FAILURES, "/hitPolicy", "RULE_ORDER"]),
  broken("table-output-missing", "fallout has no queue", `${FALLOUT}#/columns`, [FALLOUT, "/columns/3", undefined], [FALLOUT, "/otherwise/queue", undefined]),
  broken("table-without-otherwise", "a status table may have no answer", `${STATUS}#`, [STATUS, "/otherwise", undefined]),
  broken("offering-missing", "a row is for any offering", `${DECOMPOSITION}#/rows/1`, [DECOMPOSITION, "/rows/-", { id: "any", action: ["MODIFY"], planTemplate: "demo-add" }]),
  broken("offering-overlap", "two tables decompose an offering", "decision-table/z-decomposition.json#/rows/0/offering", copy(DECOMPOSITION, "z-decomposition", {})),
  broken("offering-overlap", "two order schemas accept an offering", "order-schema/z.json#/offerings/0", copy("order-schema/demo.json", "z", {})),
  broken("offering-without-schema", "an offering cannot be ordered", `${DECOMPOSITION}#/rows/0/offering`, [DECOMPOSITION, "/rows/0/offering", ["DEMO", "DEMO_PLUS"]]),
  broken("offering-without-plan", "an offering has no plan", "order-schema/demo.json#/offerings/1", ["order-schema/demo.json", "/offerings/-", "DEMO_PLUS"]),
];

const PLANS: readonly BrokenRelease[] = [
  broken("graph-cycle", "a task waits for itself", `${TEMPLATE}#/tasks/0/dependsOn/0`, [TEMPLATE, "/tasks/0/dependsOn", [{ type: "success", task: "reserve" }]]),
  broken("graph-cycle", "two tasks wait for each other", `${TEMPLATE}#/tasks/2/dependsOn/0`, [TEMPLATE, "/tasks/0/dependsOn", [{ type: "success", task: "activate" }]]),
  broken("graph-cycle", "a task waits for the milestone it leads to", `${TEMPLATE}#/milestones/0/reachedBy/0`, [TEMPLATE, "/tasks/2/dependsOn/-", { type: "milestone", milestone: "service-activated" }]),
  broken("graph-cycle", "billing waits for completion and completion for billing", `${TEMPLATE}#/billingTriggers/0`, ["billing-trigger/demo-start.json", "/milestone", "item-completed"]),
  broken("unreachable", "a decision is awaited that nobody can make", `${TEMPLATE}#/tasks/2/dependsOn/1`, [TEMPLATE, "/tasks/2/dependsOn/1/with/accept", ["GRANTED"]]),
  broken("orphan-task", "an optional task is connected to nothing", `${TEMPLATE}#/tasks/3`, [TEMPLATE, "/tasks/3/dependsOn", undefined], [TEMPLATE, "/tasks/3/pointOfNoReturn", "soft"]),
  broken("consumed-output-missing", "an output does not exist", `${TEMPLATE}#/tasks/2/dependsOn/0`, [TEMPLATE, "/tasks/2/dependsOn/0", { type: "output", task: "reserve", with: { output: "id" }, as: "reservationId" }]),
  broken("input-missing", "a required input comes from nowhere", `${TEMPLATE}#/tasks/2`, [TEMPLATE, "/tasks/2/dependsOn/0/as", "id"]),
  broken("input-missing", "an undo task needs what its original does not give", "task-type/reserve.json#/outputs", ["task-type/release.json", "/inputs/required/-", "place"]),
  broken("parameter-mismatch", "a task lacks a parameter", `${TEMPLATE}#/tasks/0/with`, [TEMPLATE, "/tasks/0/with", {}]),
  broken("parameter-mismatch", "a dependency's parameter has the wrong type", `${TEMPLATE}#/tasks/2/dependsOn/1/with/accept/1`, [TEMPLATE, "/tasks/2/dependsOn/1/with/accept/-", 5]),
  broken("unknown-parameter", "a dependency type uses what it does not declare", "dependency-type/output.json#/provides", ["dependency-type/output.json", "/provides", "=predecessor.outputs.{name}"]),
];

const WORK: readonly BrokenRelease[] = [
  broken("target-system-missing", "a system is not named", `${ACTIVATE}#`, [ACTIVATE, "/targetSystem", undefined], [NETWORK, "", undefined]),
  broken("retry-missing", "nothing is said about failures", `${ACTIVATE}#`, [ACTIVATE, "/retry", undefined]),
  broken("timeout-missing", "nothing is said about lost answers", `${ACTIVATE}#`, [ACTIVATE, "/timeout", undefined]),
  broken("evidence-missing", "a command proves nothing", `${ACTIVATE}#`, [ACTIVATE, "/evidence", undefined]),
  broken("downstream-class-missing", "the effects class is missing", "target-system/carrier.json#/effects", ["target-system/carrier.json", "/effects", {}]),
  broken("downstream-class-missing", "effects are missing", "target-system/carrier.json#", ["target-system/carrier.json", "/effects", undefined]),
  broken("unsafe-retry", "a system that does everything twice is asked three times", "task-type/ship.json#/retry", ["task-type/ship.json", "/retry", "standard"], ["retry-policy/once.json", "", undefined]),
  broken("unsafe-retry", "a system that answers nothing is asked for the status", "task-type/ship.json#/timeout", ["task-type/ship.json", "/timeout", "ask"], ["timeout-policy/tell.json", "", undefined]),
  broken("unsafe-retry", "a system without keys gets the same command again", `${ACTIVATE}#/timeout`, [ACTIVATE, "/timeout", "keyed"]),
  broken("unsafe-retry", "a system that must be asked first is not asked", `${ACTIVATE}#/retry`, [STANDARD, "/reconcileFirst", false]),
  broken("unsafe-retry", "nothing says when 'not found' may be believed", `${NETWORK}#/effects`, [NETWORK, "/effects", { class: "queryable" }]),
  ...[0, -1, 101].map((attempts) => broken("policy-out-of-range", `there are ${attempts} attempts`, `${STANDARD}#/maxAttempts`, [STANDARD, "/maxAttempts", attempts])),
  broken("policy-out-of-range", "all attempts are made at once", `${STANDARD}#/backoff/initialDelay`, [STANDARD, "/backoff", { strategy: "FIXED", initialDelay: "PT0S" }]),
  broken("policy-out-of-range", "the longest wait is shorter than the first", `${STANDARD}#/backoff/maxDelay`, [STANDARD, "/backoff/maxDelay", "PT1S"]),
  broken("policy-out-of-range", "jitter is more than all", `${STANDARD}#/backoff/jitter`, [STANDARD, "/backoff/jitter", 1.5]),
  broken("policy-out-of-range", "a timeout is over at once", "timeout-policy/tell.json#/steps/0/after", ["timeout-policy/tell.json", "/steps/0/after", "PT0S"]),
  broken("policy-out-of-range", "someone is told at once", "manual-task/approve.json#/escalation/0/after", ["manual-task/approve.json", "/escalation/0/after", "PT0S"]),
  broken("policy-out-of-range", "the second one is told before the first", "manual-task/approve.json#/escalation/1/after", ["manual-task/approve.json", "/escalation/1/after", "PT1H"]),
  broken("ambiguous-duration", "someone is told after a month", "manual-task/approve.json#/escalation/1/after", ["manual-task/approve.json", "/escalation/1/after", "P1M"]),
  broken("policy-out-of-range", "a breaker opens when all is well", `${NETWORK}#/breaker/failureRate`, [NETWORK, "/breaker/failureRate", 0]),
  broken("policy-out-of-range", "a breaker never tries again", `${NETWORK}#/breaker/probes`, [NETWORK, "/breaker/probes", 0]),
  broken("policy-out-of-range", "a breaker tries more than may be sent at once", `${NETWORK}#/breaker/probes`, [NETWORK, "/breaker/probes", 6]),
  broken("policy-out-of-range", "a breaker counts nothing", `${NETWORK}#/breaker/window`, [NETWORK, "/breaker/window", "PT0S"]),
  broken("policy-out-of-range", "a breaker closes at once", `${NETWORK}#/breaker/openFor`, [NETWORK, "/breaker/openFor", "PT0S"]),
  broken("policy-out-of-range", "more calls are repeated than made", `${NETWORK}#/retryBudget/share`, [NETWORK, "/retryBudget/share", 1.1]),
  broken("policy-out-of-range", "a retry budget counts nothing", `${NETWORK}#/retryBudget/window`, [NETWORK, "/retryBudget/window", "PT0S"]),
  broken("invalid-duration", "a breaker counts in words", `${NETWORK}#/breaker/window`, [NETWORK, "/breaker/window", "a minute"]),
  broken("compensation-missing", "a command says nothing about undoing", `${ACTIVATE}#`, [ACTIVATE, "/compensation", undefined]),
  broken("compensation-missing", "the policy does not exist", `${ACTIVATE}#/compensation`, [ACTIVATE, "/compensation", "deactivate"]),
  broken("compensation-missing", "a command claims to have no effect", `${ACTIVATE}#/compensation`, [ACTIVATE, "/compensation", "none-needed"]),
  broken("compensation-missing", "a policy has no undo task", "compensation-policy/release.json#", ["compensation-policy/release.json", "/taskType", undefined]),
  broken("compensation-cycle", "the undo task undoes itself", "task-type/release.json#/compensation", ["task-type/release.json", "/compensation", "release"], ["task-type/release.json", "/outputs", { reservationId: "=task.request.id" }]),
  broken("contradiction", "irreversible work is undone", `${RESERVE}#/compensation`, [RESERVE, "/irreversible", true], [TEMPLATE, "/tasks/0/pointOfNoReturn", "hard"]),
  broken("irreversible-unguarded", "nothing stands before what cannot be undone", `${TEMPLATE}#/tasks/3`, [TEMPLATE, "/tasks/2/dependsOn/1", undefined]),
  broken("irreversible-unguarded", "what cannot be undone is done at once", `${TEMPLATE}#/tasks/3`, [TEMPLATE, "/tasks/3/dependsOn", undefined], [TEMPLATE, "/tasks/3/mandatory", true]),
  broken("human-task-incomplete", "a person's task has no SLA", "manual-task/approve.json#", ["manual-task/approve.json", "/sla", undefined], ["calendar/hours.json", "", undefined]),
  broken("human-task-incomplete", "a person's task has no role", "manual-task/approve.json#", ["manual-task/approve.json", "/role", undefined]),
  broken("calendar-invalid", "hours run backwards", "calendar/hours.json#/week/monday/0", ["calendar/hours.json", "/week/monday/0", "17:00-08:00"]),
  broken("calendar-invalid", "a holiday does not exist", "calendar/hours.json#/holidays/0", ["calendar/hours.json", "/holidays/0", "2026-02-30"]),
  broken("invalid-timezone", "the zone is on Mars", "calendar/hours.json#/timeZone", ["calendar/hours.json", "/timeZone", "Mars/Base"]),
];

const CUSTOMER: readonly BrokenRelease[] = [
  broken("billing-untied", "a trigger has no milestone", "billing-trigger/demo-start.json#", ["billing-trigger/demo-start.json", "/milestone", undefined]),
  broken("billing-untied", "a trigger waits for a milestone of another plan", `${TEMPLATE}#/billingTriggers/0`, ["billing-trigger/demo-start.json", "/milestone", "goods-dispatched"]),
  broken("billing-duplicate", "a trigger stands twice", `${TEMPLATE}#/billingTriggers/1`, [TEMPLATE, "/billingTriggers/-", "demo-start"]),
  broken("billing-duplicate", "two triggers hand over the same charges", `${TEMPLATE}#/billingTriggers/1`, copy("billing-trigger/demo-start.json", "demo-again", {}), [TEMPLATE, "/billingTriggers/-", "demo-again"]),
  broken("activation-without-billing", "nobody is billed", `${TEMPLATE}#/billingTriggers`, [TEMPLATE, "/billingTriggers", []], ["billing-trigger/demo-start.json", "", undefined], ["task-type/start-charge.json", "", undefined]),
  broken("internal-state-exposed", "a message names an internal state", `${MAP}#/milestones/1/notify/en`, [MAP, "/milestones/1/notify/en", "Your order is AWAITING_MANUAL_ACTION."]),
  broken("notification-impossible", "nothing sends the messages", `${MAP}#`, [MAP, "/notifyWith", undefined], ["task-type/notify.json", "", undefined]),
  broken("milestone-unmapped", "customers never hear of a milestone", `${TEMPLATE}#/milestones/1/key`, [TEMPLATE, "/milestones/-", { key: "reserved", reachedBy: ["reserve"] }]),
  broken("milestone-never-reached", "customers would wait for a milestone", `${MAP}#/milestones/2/key`, [MAP, "/milestones/-", { key: "shipped", title: "Shipped" }]),
];

const SCENARIOS: readonly BrokenRelease[] = [
  broken("unknown-reference", "a scenario orders what nobody sells", "scenario/moon.json#/order/items/0/offering", scenario({ order: { items: [{ id: "1", action: "ADD", offering: "MOON" }] } })),
  broken("scenario-order", "a scenario extends one without an order", "scenario/moon.json#/extends", scenario({ order: undefined, startAt: undefined, extends: "moon" })),
  broken("scenario-order", "a scenario starts on no day", "scenario/moon.json#/startAt", scenario({ startAt: "tomorrow" })),
  broken("scenario-script", "a line says nothing", "scenario/moon.json#/script/0", scenario({ script: [{ after: "PT1H" }] })),
  broken("invalid-duration", "an order ends in words", "scenario/moon.json#/expect/duration/atMost", scenario({ expect: { duration: { atMost: "soon" } } })),
];

/** A scenario that is right but for the changes. */
function scenario(changes: { readonly [property: string]: DraftValue | undefined }): Edit {
  const right = {
    kind: "scenario", key: "moon", version: 1, title: "Moon", description: "Moon.", order: { items: [{ id: "1", action: "ADD", offering: "DEMO" }] },
    startAt: "2026-11-02T09:00:00Z", script: [], expect: {},
  };
  return ["scenario/moon.json", "", JSON.parse(JSON.stringify({ ...right, ...changes })) as Draft];
}

/** At least one broken release per code that `compile` can report. */
export const brokenReleases: readonly BrokenRelease[] = [
  ...FILE_BY_ITSELF, ...REFERENCES, ...EXPRESSIONS, ...CARRIED_SCHEMAS, ...CHANGES, ...TABLES, ...PLANS, ...WORK, ...CUSTOMER, ...SCENARIOS,
];
