/** One code of the compiler's vocabulary. */
export interface DiagnosticCode {
  readonly severity: "error" | "warning";
  /** What is wrong, in one sentence. */
  readonly explanation: string;
  /** What to do about it. */
  readonly fix: string;
}

const error = (explanation: string, fix: string): DiagnosticCode => ({ severity: "error", explanation, fix });
const warning = (explanation: string, fix: string): DiagnosticCode => ({ severity: "warning", explanation, fix });

/**
 * Every code a compilation may report. Codes are stable: documentation, pipelines and people's habits refer to them. A
 * test proves that the sources report these and no others.
 */
export const diagnosticCodes: { readonly [code: string]: DiagnosticCode } = {
  // the file by itself
  malformed: error(
    "The text is not JSON, or holds something JSON cannot hold.",
    "Correct the place that is named; JSON has no comments and no trailing commas.",
  ),
  "duplicate-key": error("A property stands twice in one object, and one of them would be lost.", "Keep one of them."),
  "forbidden-property": error(
    "A name reaches into the prototype of objects: __proto__, prototype or constructor.",
    "Choose another name.",
  ),
  "too-deep": error("Objects, lists, conditions, values or schemas are nested deeper than the limit.", "Flatten them."),
  "too-large": error(
    "A definition, its list of tasks or its list of rows is larger than the limit.",
    "Split it: tasks over several items, rows over several tables.",
  ),
  "bidi-control": error(
    "An invisible or direction-changing character makes the text look other than it is.",
    "Remove the character.",
  ),
  "secret-in-definition": error(
    "A text looks like a password, key or token.",
    "Keep it in the environment of the server and revoke it: it has been seen.",
  ),
  "inline-url-forbidden": error(
    "An address stands where only names may stand.",
    "Name an environment variable in the endpoint of a target system.",
  ),
  "unknown-kind": error("There is no such kind of definition.", "Correct the kind."),
  "path-mismatch": error("The file is not called <kind>/<key>.json.", "Move the file or correct kind and key."),
  "schema-violation": error(
    "The definition does not have the shape of its kind.",
    "Do what the message says; the editor shows the shape.",
  ),
  "duplicate-id": error("A name stands twice where it must be unique.", "Give one of them another name."),
  "confusable-id": error(
    "Two names differ only by case or by letters that look alike.",
    "Choose names that nobody can mistake.",
  ),
  "too-many-problems": error("There are more problems than are listed.", "Correct the listed ones first."),
  "language-version-unsupported": error("The definitions are written in a version of the language that this program does not know.", "Use a newer program, or the definitions it was made for."),
  "language-version-outdated": warning("The definitions are written in an older version of the language.", "Run orderloom upgrade; nothing but their notation changes."),
  // references
  "unknown-reference": error("A definition names another one that does not exist.", "Correct the name or add the definition."),
  "unknown-task": error("A template names a task it does not have.", "Correct the name or add the task."),
  "unknown-milestone": error(
    "A milestone is named that nothing reaches.",
    "Correct the name or add the milestone to the template.",
  ),
  "unknown-status": error(
    "A status table answers with a status that its milestone map does not have.",
    "Correct the answer or add the status.",
  ),
  "edge-mismatch": error(
    "A dependency names a task or milestone that its type does not bind, or lacks the one it binds.",
    "Name what the type binds, and nothing else.",
  ),
  "unused-definition": warning("Nothing refers to the definition.", "Use it or remove it."),
  // conditions, expressions, values
  "condition-malformed": error(
    "A condition does not follow the grammar.",
    "Use all, any or not, or a comparison with fact, path, operator and value.",
  ),
  "unknown-operator": error("There is no such operator.", "Use one of the listed operators."),
  "unknown-fact": error("The fact does not exist at this place.", "Use one of the facts the message lists."),
  "path-forbidden": error(
    "A path is not a dotted list of property names, or reaches into the prototype of objects.",
    "Write names joined by dots; lists and filters are not possible.",
  ),
  "unknown-path": warning(
    "A path names a field that its fact does not have there, so it is always empty.",
    "Correct the name, or declare the field in the order schema, the parameters, the inputs or the evidence it comes from.",
  ),
  "type-mismatch": error(
    "A value has another type than its operator or column needs.",
    "Give a value of the right type; nothing is converted.",
  ),
  "expression-syntax": error("The text after = is not FEEL.", "Correct the expression."),
  "expression-forbidden": error(
    "An expression uses something whose answer changes or that reaches outside its facts, such as now(); or a text is a template of another language.",
    "Use the fact now where it is known; write FEEL behind = instead of ${…} and {{…}}.",
  ),
  "never-true": warning(
    "A condition can never hold, so what stands behind it never happens.",
    "Correct the condition, or remove what it guards.",
  ),
  "invalid-duration": error("A text is not an ISO 8601 duration.", "Write PT30S, PT15M, PT4H or P2D."),
  "ambiguous-duration": error("A duration in months or years has no fixed length.", "Write days, such as P30D."),
  "invalid-instant": error("A text is not an instant.", "Write 2026-11-06T08:00:00Z, or FEEL."),
  // JSON Schemas that definitions carry
  "json-schema-invalid": error("A schema is not a usable JSON Schema (draft 2020-12).", "Correct it as the message says."),
  "keyword-forbidden": error(
    "A schema uses a keyword or format that is not supported.",
    "Write the schema out with the usual keywords.",
  ),
  "ref-cycle": error("A schema refers to itself, so it describes something without end.", "Write the levels out that there really are."),
  "too-many-refs": error("A schema refers to other places more often than the limit.", "Write the schema out; it must be simpler."),
  "remote-ref": error("A schema refers to something outside the definition.", "Write the schema out instead."),
  "regex-not-linear": error(
    "A pattern could run for very long on a hostile text.",
    "Remove look-around, back references and repetitions inside repetitions; shorten it.",
  ),
  // decision tables
  "table-gap": warning(
    "An input that may come is matched by no row, and there is no otherwise.",
    "Add a row or otherwise; list the values of a column when there are no others.",
  ),
  "table-overlap": error(
    "Two rows match the same input although the hit policy allows one answer.",
    "Make the rows exclude each other, or choose FIRST, PRIORITY or COLLECT.",
  ),
  "table-shadowed": warning(
    "A row is never the answer, because rows before it take every input it matches.",
    "Move the row up, narrow the others, or remove it.",
  ),
  "table-dead-row": warning(
    "A row matches no input at all.",
    "Correct the cell that nothing fits, or remove the row.",
  ),
  "table-otherwise-unused": warning("The rows match every input, so otherwise never answers.", "Remove otherwise, or a row that goes too far."),
  "cell-syntax": error(
    "A cell is not a FEEL unary test, or does not fit the type of its column.",
    "Write a list of literals or a test such as [1..300].",
  ),
  "cell-not-allowed": warning(
    "A cell can never match, because its value is not among those of the column.",
    "Correct the cell or the values of the column.",
  ),
  "output-not-allowed": error("An answer is not among the values that mean something.", "Use one of the listed values."),
  "missing-row-id": error("A row has no id.", "Give it a word that is unique in its table."),
  "duplicate-row-id": error("Two rows have the same id.", "Give one of them another id."),
  "duplicate-column": error("Two columns have the same name.", "Give one of them another name."),
  "unknown-column": error("A row has a cell for a column that does not exist.", "Correct the name or add the column."),
  "priority-needs-values": error(
    "PRIORITY and OUTPUT_ORDER go by the order of an output's values, and there are none.",
    "List the values of an output, highest first.",
  ),
  "aggregate-needs-collect": error("Only COLLECT has an aggregate.", "Remove the aggregate or use COLLECT."),
  "aggregate-needs-one-number": error("An aggregate needs exactly one output of type number.", "Remove the other outputs."),
  "wrong-table-purpose": error("A table is used for something it is not for.", "Name a table of the right purpose."),
  "wrong-hit-policy": error("The purpose of the table needs a single answer.", "Use UNIQUE, FIRST, PRIORITY or ANY."),
  "table-output-missing": error("A table lacks an output that its purpose needs.", "Add the column."),
  "table-without-otherwise": warning("The table may have no answer where one is always needed.", "Add otherwise."),
  "offering-missing": error(
    "A decomposition row does not say for which offerings it is.",
    "Add a column over item.offering and list the offerings.",
  ),
  "offering-overlap": error("An offering belongs to two decomposition tables or two order schemas.", "Keep it in one of them."),
  "offering-without-schema": error("An offering has a plan, but no order schema accepts it.", "Add it to an order schema."),
  "offering-without-plan": warning(
    "Orders for an offering are accepted, but nothing says how to fulfill it.",
    "Add a row to a decomposition table.",
  ),
  "approver-missing": error("A change needs approval, but no role is named that gives it.", "Fill in approverRole."),
  "authority-duplicate": error("Two tables say who may repair what.", "Keep one table of purpose authority with all rows."),
  "authority-missing": warning(
    "A repair is offered that no row of an authority table allows anybody, so it is always refused; for WAIVE this is an error.",
    "Add the row to the table of purpose authority, or offer another repair.",
  ),
  // plans
  "graph-cycle": error(
    "Tasks and milestones wait for each other, so none of them ever starts.",
    "Remove one of the dependencies on the way.",
  ),
  unreachable: error("A dependency can never be met.", "Correct what it waits for."),
  "orphan-task": warning("An optional task is connected to nothing.", "Connect it or remove it."),
  "consumed-output-missing": error(
    "A dependency uses an output that its source does not have.",
    "Add the output to the task type or choose another one.",
  ),
  "input-missing": error(
    "A task needs an input that nothing provides.",
    "Add a dependency that provides it, or an output of the task that is undone.",
  ),
  "parameter-mismatch": error("The values of a with do not fit the parameters they are for.", "Give what the message asks for."),
  "unknown-parameter": error("A dependency type uses a {parameter} it does not declare.", "Declare it in parameters."),
  // work, failure and undoing
  "target-system-missing": error("Work by a system names no system.", "Add targetSystem."),
  "retry-missing": error("Work by a system says nothing about failures.", "Add a retry policy."),
  "timeout-missing": error("Work by a system says nothing about lost answers.", "Add a timeout policy."),
  "evidence-missing": warning("A command counts as done whatever the answer says.", "Add evidence: what an answer must prove."),
  "downstream-class-missing": error(
    "Nothing says what a repeated command does to the target system.",
    "Give the effects class: idempotent-key, queryable or neither.",
  ),
  "unsafe-retry": error(
    "A policy would do something twice, or ask a system that cannot answer.",
    "Choose a policy that suits the effects class of the target system.",
  ),
  "policy-out-of-range": error("A number or a span of a policy makes no sense.", "Correct it as the message says."),
  "compensation-missing": error(
    "An effect has no policy that says how it is undone or why not.",
    "Name a compensation policy that exists and fits.",
  ),
  "compensation-cycle": error("Undoing leads back to the work it undoes.", "Give the undo task a policy that is not undone."),
  contradiction: error("Irreversible work has a policy that undoes it.", "Correct one of the two."),
  "irreversible-unguarded": warning(
    "Work that can never be taken back is simply done.",
    "Give the task a pointOfNoReturn, or let a person decide before it.",
  ),
  "human-task-incomplete": error(
    "A person's task lacks role, queue or SLA, or names a role that nobody holds.",
    "Add what is missing, or name a role that somebody holds.",
  ),
  "sla-infeasible": warning(
    "The tasks of a plan, one after the other, may take longer than its deadline allows.",
    "Move the deadline, shorten an SLA or a timeout on the way, or let tasks run side by side.",
  ),
  "calendar-invalid": error("Hours or holidays of a calendar make no sense.", "Correct them as the message says."),
  "invalid-timezone": error("There is no such time zone.", "Use a name of the IANA database, such as Europe/Berlin."),
  // billing and the customer's view
  "billing-untied": error(
    "A billing trigger has no milestone, or one that its plan never reaches.",
    "Name a milestone of the template.",
  ),
  "billing-duplicate": error(
    "The same charges would be handed over twice.",
    "Keep one trigger, or change which charges it hands over.",
  ),
  "activation-without-billing": warning(
    "A plan activates a new service that nobody is billed for.",
    "Add a billing trigger, or accept it knowingly.",
  ),
  "internal-state-exposed": error(
    "Customers would read the name of an internal state or the code of an error.",
    "Say it in their words.",
  ),
  "notification-impossible": error(
    "There are messages, but no task type that can send them.",
    "Name one in notifyWith that has the parameter message.",
  ),
  "milestone-unmapped": warning("The milestone map does not know a milestone of the plan.", "Add it to the map."),
  "milestone-never-reached": warning(
    "The milestone map knows a milestone that no plan reaches.",
    "Correct the name or remove it.",
  ),
  // reconciliation
  "unknown-field": error("A reconciliation asks our records for something they do not have.", "Use one of the fields the message names."),
  "drift-impossible": error("A reconciliation classifies a difference that it can never find.", "Do what the message says."),
  // scenarios
  "scenario-order": error("A scenario has no order that can be run.", "Give it an order and a start, or extend a scenario that has them."),
  "scenario-script": error("A line of a script says something nobody can act out.", "Correct the line as the message says."),
  // compared with the release before
  "version-immutable": error(
    "A definition has other content under a version that is published already.",
    "Let promotion assign the next version; what is published never changes.",
  ),
  "version-order": error("A definition has a lower version than the published one.", "Let promotion assign the next version."),
  "breaking-change": error(
    "Something is removed or narrowed that orders under way or other plans rely on.",
    "Keep it, or name it in the migration of the release.",
  ),
};
