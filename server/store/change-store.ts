import type { Json } from "../../engine/support/json.ts";
import type { Database, Select } from "./database.ts";
import type { Row } from "./dialect.ts";
import { literal, type Statement } from "./sql.ts";
import { insertInto } from "./table.ts";
import { CHANGE_SETS, CHANGE_STEPS } from "./tables.ts";

/** One change set as its row has it. */
export interface ChangeSetRow {
  readonly name: string;
  readonly branch: string;
  /** Who began it. */
  readonly author: string;
  readonly title: string;
  readonly reason: string;
  readonly state: string;
  /** The commit that was submitted; null before. */
  readonly reviewedCommit: string | null;
  /** The release it became; null before. */
  readonly releaseDigest: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts the steps. */
  readonly revision: number;
}

/** One step of a change set: who did what, when, and why. Never overwritten. */
export interface ChangeStepRow {
  readonly number: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly commit: string | null;
  readonly text: string;
  readonly details: Json;
}

/** What a step changes of the row. */
export type ChangeSetUpdate = Partial<Pick<ChangeSetRow, "title" | "reason" | "state" | "reviewedCommit" | "releaseDigest">>;

export async function readChangeSet(select: Select, name: string): Promise<ChangeSetRow | null> {
  const [rows = []] = await select(`SELECT * FROM change_sets WHERE name=${literal(name)}`);
  return rows[0] === undefined ? null : changeSetOf(rows[0]);
}

/** Change sets, the latest touched first. */
export async function readChangeSets(
  select: Select, query: { readonly states?: readonly string[] | undefined; readonly author?: string | undefined; readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly ChangeSetRow[]; readonly total: number }> {
  const conditions = [
    ...(query.states === undefined ? [] : [`state IN (${query.states.map(literal).join(",")})`]),
    ...(query.author === undefined ? [] : [`author=${literal(query.author)}`]),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const [rows = [], counted = []] = await select(
    `SELECT * FROM change_sets${where} ORDER BY updated_at DESC, name LIMIT ${query.limit} OFFSET ${query.offset}`,
    `SELECT count(*) AS total FROM change_sets${where}`,
  );
  return { rows: rows.map(changeSetOf), total: Number(counted[0]?.["total"] ?? 0) };
}

/** The steps of a change set, the oldest first. */
export async function readChangeSteps(select: Select, name: string): Promise<readonly ChangeStepRow[]> {
  const [rows = []] = await select(`SELECT * FROM change_steps WHERE change_set=${literal(name)} ORDER BY number`);
  return rows.map(stepOf);
}

/** Writes a new change set and its first step. A name that is taken is a conflict. */
export function newChangeSetStatements(row: Omit<ChangeSetRow, "revision">, step: Omit<ChangeStepRow, "number">): Statement[] {
  return [
    ...insertInto(CHANGE_SETS, [{
      name: row.name, branch: row.branch, author: row.author, title: row.title, reason: row.reason, state: row.state,
      reviewed_commit: row.reviewedCommit, release_digest: row.releaseDigest, created_at: row.createdAt, updated_at: row.updatedAt, revision: 1,
    }]),
    ...stepStatements(row.name, { ...step, number: 1 }),
  ];
}

/** Takes one step with a change set as it was read; refused as a conflict when somebody else was faster. */
export function nextStepStatements(row: ChangeSetRow, update: ChangeSetUpdate, step: Omit<ChangeStepRow, "number">): Statement[] {
  const { title, reason, state, reviewedCommit, releaseDigest } = { ...row, ...update };
  const number = row.revision + 1;
  const sql = `UPDATE change_sets SET title=${literal(title)}, reason=${literal(reason)}, state=${literal(state)}, reviewed_commit=${literal(reviewedCommit)}, `
    + `release_digest=${literal(releaseDigest)}, updated_at=${literal(step.at)}, revision=${number} WHERE name=${literal(row.name)} AND revision=${row.revision}`;
  return [{ sql, guard: { name: "stale_change_set", rows: 1 } }, ...stepStatements(row.name, { ...step, number })];
}

/** Notes when a draft was last saved; no step, the commits are the history of that. */
export async function touchChangeSet(database: Database, name: string, at: string): Promise<void> {
  await database.write([{ sql: `UPDATE change_sets SET updated_at=${literal(at)} WHERE name=${literal(name)}` }]);
}

function stepStatements(name: string, { number, at, actor, action, commit, text, details }: ChangeStepRow): Statement[] {
  return insertInto(CHANGE_STEPS, [{ change_set: name, number, at, actor, action, commit_id: commit, text, details: JSON.stringify(details) }]);
}

function changeSetOf(row: Row): ChangeSetRow {
  const text = (column: string) => (typeof row[column] === "string" ? row[column] : null);
  return {
    name: String(row["name"]),
    branch: String(row["branch"]),
    author: String(row["author"]),
    title: String(row["title"]),
    reason: String(row["reason"]),
    state: String(row["state"]),
    reviewedCommit: text("reviewed_commit"),
    releaseDigest: text("release_digest"),
    createdAt: String(row["created_at"]),
    updatedAt: String(row["updated_at"]),
    revision: Number(row["revision"]),
  };
}

function stepOf(row: Row): ChangeStepRow {
  return {
    number: Number(row["number"]),
    at: String(row["at"]),
    actor: String(row["actor"]),
    action: String(row["action"]),
    commit: typeof row["commit_id"] === "string" ? row["commit_id"] : null,
    text: String(row["text"]),
    details: JSON.parse(String(row["details"])) as Json,
  };
}
