/**
 * The closed list of everything this server refuses or fails with. A code is a promise: never renamed, never given a new
 * meaning, never used for two things. `README.md` beside this file lists the same codes; a test compares them.
 *
 * - `validation`: the request itself is wrong; sending it again changes nothing.
 * - `business`: the request is well formed, but a rule of the business or the state of the order forbids it.
 * - `system`: our side failed; the same request may succeed later.
 */
export type ProblemCategory = "validation" | "business" | "system";

export interface ProblemKind {
  readonly status: number;
  readonly category: ProblemCategory;
  readonly title: string;
  /** One line: what the caller can do about it. */
  readonly remedy: string;
}

const validation = (status: number, title: string, remedy: string): ProblemKind => ({ status, category: "validation", title, remedy });
const business = (status: number, title: string, remedy: string): ProblemKind => ({ status, category: "business", title, remedy });
const system = (status: number, title: string, remedy: string): ProblemKind => ({ status, category: "system", title, remedy });

export const PROBLEM_CODES = {
  // The body as text
  "malformed-json": validation(400, "The body is not JSON", "Send one JSON value in UTF-8, without byte order mark, NUL or lone surrogates."),
  "duplicate-key": validation(400, "A property stands twice", "Keep one of the two properties of the same name."),
  "forbidden-property": validation(400, "A name is reserved", "Choose another name: this one belongs to the language the server is written in."),
  "too-deep": validation(400, "The body is nested too deeply", "Flatten objects and lists."),
  "too-many-items": validation(400, "A list is too long", "Send fewer elements, or several requests."),
  "number-out-of-range": validation(400, "A number cannot be kept exactly", "Send integers within 2^53, decimals of at most 15 digits, and no negative zero."),
  "payload-too-large": validation(413, "The body is too large", "Send at most 1 MB."),
  "unsupported-media-type": validation(415, "The media type is not supported", "Send Content-Type: application/json in UTF-8, not compressed."),
  // The body as a request
  "invalid-body": validation(400, "The body does not have the required shape", "Correct every place listed under errors."),
  "required": validation(400, "A property is missing", "Add the property."),
  "invalid-value": validation(400, "A value is not allowed", "Send a value of the kind the message names."),
  "invalid-date": validation(400, "An instant is not valid", "Send an existing ISO 8601 instant with its offset, such as 2026-11-02T09:00:00Z."),
  "read-only-property": validation(400, "A property belongs to the server", "Leave the property out; the server sets it."),
  "duplicate-item": validation(400, "Two items have the same id", "Give every item of the order, nested ones included, its own id."),
  "duplicate-charge": validation(400, "Two charges of an item have the same key", "Give every price of an item its own name."),
  // The rest of the request
  "invalid-query": validation(400, "A query parameter is not valid", "Use each listed parameter at most once, with a value in its range."),
  "idempotency-key-missing": validation(400, "Idempotency-Key is missing", "Send Idempotency-Key: \"<a new unique text>\"; repeat it only for the same request."),
  "idempotency-key-invalid": validation(400, "Idempotency-Key is not valid", "Send one header line with a quoted text of 1 to 255 printable ASCII characters."),
  "idempotency-key-reused": validation(422, "Idempotency-Key was used for another request", "Take a new key for a new request."),
  "request-in-progress": system(409, "The same request is still running", "Wait as long as Retry-After says, then send the same request again."),
  "token-missing": validation(401, "A bearer token is required", "Send Authorization: Bearer <token>."),
  "token-invalid": validation(401, "The bearer token is not valid", "Get a new token from the configured issuer."),
  "forbidden": business(403, "Not allowed", "Ask someone who has one of the roles this action needs."),
  "not-found": validation(404, "Not found", "Check the address and the id."),
  "method-not-allowed": validation(405, "This address has no such method", "Use one of the methods listed in Allow."),
  // What intake checks
  "order-not-acceptable": business(422, "The order cannot be accepted", "Correct every reason listed under errors and submit the order again."),
  "order-exists": business(409, "An order for the same intent exists", "Follow the existing order, or send a new quote version or externalId."),
  "offering-unknown": business(422, "The offering is not known", "Order an offering of the active release."),
  "action-not-allowed": business(422, "The action is not offered for this product", "Choose an action the order schema of the offering lists."),
  "schema-violation": business(422, "The item or order lacks what the product needs", "Supply the value the message names."),
  "quote-missing": business(422, "An accepted quote is required", "Refer to the accepted quote and its version."),
  "quote-expired": business(422, "The quote has expired", "Have the quote renewed, then order its new version."),
  "qualification-missing": business(422, "A qualification is required", "Have the place and product qualified, then refer to the result."),
  "qualification-rejected": business(422, "The qualification does not allow the order", "Order what qualified, or qualify again."),
  "qualification-expired": business(422, "The qualification is too old", "Have the product qualified again."),
  "relationship-missing": business(422, "A related item is missing", "Add the item this one relies on, and the relationship to it."),
  "relationship-excess": business(422, "Too many related items", "Relate the item to fewer items."),
  "relationship-unknown": business(422, "A relationship points nowhere", "Relate items of this order by their ids."),
  "rule-breached": business(422, "A rule of the product is breached", "Change the order as the message says."),
  "release-missing": system(503, "No release is active", "Publish a release, then send the request again."),
  // Definitions: drafts, review, promotion
  "invalid-ref": validation(400, "A name that Git would misread", "Name drafts and branches with lower-case letters, digits, dots, dashes and underscores; name a commit by its full id."),
  "commit-required": validation(422, "A commit must be named, not a branch", "Name the commit by its full id: a branch may move between your look and your decision."),
  "malformed": validation(422, "A file is not the JSON of a definition", "Correct the place the message names; merge markers and comments are no JSON."),
  "repository-invalid": business(422, "The repository holds what is not accepted", "Remove what the message names from the commit."),
  "draft-exists": business(409, "The name of the draft is taken", "Choose another name, or go on with the draft that has it."),
  "draft-conflict": business(409, "The draft has changed since", "Read the draft again; keep your change and save it on top of what is there now."),
  "merge-conflict": business(409, "Two people changed the same thing", "Decide every conflict listed under errors, then send the request again."),
  "definitions-invalid": business(422, "The definitions are not sound", "Correct every problem listed under errors."),
  "promotion-unreviewed": business(422, "The commit has not been approved", "Have exactly this commit approved by someone who did not write it."),
  "not-fast-forward": business(422, "The branch has moved on", "Take in what was promoted meanwhile and have the result approved."),
  // What the engine answers
  "invalid-transition": business(409, "The state does not allow this", "Read the order again and choose an action its state allows."),
  "change-refused": business(409, "The change is not allowed", "Follow the way the message names, for example a new order that changes the product."),
  "version-conflict": business(412, "The order has changed since", "Read the order again and decide on what it is now."),
  "approval-consumed": business(409, "The approval was decided already", "Ask for a new approval when one is still needed."),
  "approval-stale": business(409, "What was to be approved has changed", "Look at the request again and decide on what it is now."),
  "four-eyes": business(403, "Nobody approves their own request", "Ask someone else who has the role."),
  "impact-report-running": business(409, "Another impact report is being made", "Read the report that is being made, and ask again when it is done."),
  "release-unknown": business(422, "There is no such release", "Name a release by its digest, as GET /api/releases lists them."),
  "preview-stale": business(409, "The order is not as it was looked at", "Preview the migration again and decide on what it is now."),
  "migration-unsafe": business(409, "The order must stay on its release", "Wait until what the rules name is over, or leave the order on its release."),
  "reconcile-first": business(409, "The outcome of the task is unknown", "Find out what happened before sending again; a repeat could do it twice."),
  "task-not-found": business(404, "The order has no such task", "Take the task from the steps of the order."),
  "item-not-found": business(404, "The order has no such item", "Take the item from the order."),
  "outcome-not-allowed": business(422, "The outcome is not offered by this task", "Choose one of the outcomes the manual task lists."),
  "form-invalid": business(422, "The form is not filled in as required", "Correct every place listed under errors."),
  "evidence-invalid": business(422, "The evidence does not prove the completion", "Supply the evidence the task type asks for."),
  "repair-evidence-missing": business(422, "A repair needs its reason and evidence", "Say why, and supply the evidence."),
  "repair-values-invalid": business(422, "The repair does not say what to do", "Supply the values the message names."),
  "outputs-required": business(422, "Other work needs values of this task", "Supply the values listed under errors, or do not do without the task."),
  "already-claimed": business(409, "Someone else has this work", "Ask them to give it back, or have it reassigned."),
  "release-mismatch": system(500, "The order runs on another release", "Report this with the correlation id."),
  // Spreadsheets
  "archive-invalid": validation(400, "The workbook is damaged or made to deceive", "Save the workbook again with a spreadsheet program."),
  "archive-ratio": validation(413, "The workbook unpacks to too much", "Remove what is empty or repeated and save the workbook again."),
  "xml-entity": validation(400, "The workbook declares entities", "Save the workbook again with a spreadsheet program."),
  "external-link": validation(422, "The workbook takes data from elsewhere", "Break the links, keep the values and save the workbook again."),
  "formula-cell": validation(422, "A cell holds a formula", "Put the value in its place; put an apostrophe in front of a text that only looks like one."),
  "cell-type": validation(422, "A cell is not of its column's type", "Send a value of the type the message names; format ids and codes as text."),
  "cell-value": validation(422, "A cell cannot be read", "Correct the cell as the message says."),
  "cell-out-of-range": validation(422, "The sheet is too large", "Delete rows, columns and formats that are not needed."),
  "header-mismatch": validation(422, "The header is not that of the table", "Correct the header cell the message names."),
  "stale-base": validation(409, "The table has changed since the sheet was exported", "Export the table again and make the changes there."),
  "no-table": validation(422, "The sheet holds no decision table", "Draw a header of names, at least one output and one rule below."),
  "sheet-errors": validation(422, "The sheet cannot be taken over", "Correct every cell listed under errors."),
  // Signed messages from target systems
  "signature-invalid": validation(401, "The signature does not fit", "Sign the exact bytes of the body with the shared secret (Standard Webhooks, v1)."),
  "timestamp-out-of-tolerance": validation(401, "The message is too old or from the future", "Set the clock and sign the delivery again: five minutes are tolerated."),
  "event-id-reused": validation(409, "The message id was used for another message", "Give every message its own webhook-id."),
  // Our side
  "queue-full": system(503, "Too many orders wait already", "Send the same request again after Retry-After."),
  "input-quarantined": system(500, "The command was put aside", "Report this with the correlation id; an operator decides about it."),
  "unavailable": system(503, "The service is not available now", "Send the same request again after Retry-After."),
  "internal-error": system(500, "Something went wrong on our side", "Send the same request again; report it with the correlation id if it stays."),
} as const satisfies { readonly [code: string]: ProblemKind };

export type ProblemCode = keyof typeof PROBLEM_CODES;

/** True when a text is one of the codes. */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEM_CODES, text);
}
