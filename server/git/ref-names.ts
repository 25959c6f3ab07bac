import { sha256Hex } from "../../engine/support/hash.ts";
import { problem } from "../problems/problem.ts";
import { GIT_LIMITS } from "./git-limits.ts";

/** One part of a branch: far stricter than git, so that a name can be no option, no path and no other spelling of another name. */
const SEGMENT = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

const DRAFTS = "draft/";

/** A branch name that git and every file system understand alike; `invalid-ref` otherwise. */
export function requireBranch(text: string): string {
  if (!isBranch(text)) throw problem("invalid-ref", "Name a branch of lower-case letters, digits, dots, dashes and underscores, with slashes between its parts.");
  return text;
}

/** The name an analyst gives a draft: one part of a branch. */
export function requireDraftName(text: string): string {
  if (text.length > GIT_LIMITS.draftNameCharacters || !isSegment(text)) {
    throw problem("invalid-ref", `Name the draft with at most ${GIT_LIMITS.draftNameCharacters} lower-case letters, digits, dots, dashes and underscores, such as home-fiber-router.`);
  }
  return text;
}

/** The full id of a commit. The name of a branch is `commit-required`: it may move between the look and the decision. */
export function requireCommit(text: string): string {
  if (COMMIT.test(text)) return text;
  if (isBranch(text)) throw problem("commit-required", "Name the commit by its full id; a branch may move between your look and your decision.");
  throw problem("invalid-ref", "Name a commit by its full id.");
}

/** The branch of a draft: `draft/<author>/<name>`. */
export function draftBranch(author: string, name: string): string {
  return `${DRAFTS}${segmentOf(author)}/${requireDraftName(name)}`;
}

/** The prefix of all drafts. */
export const DRAFT_REFS = `refs/heads/${DRAFTS}`;

export function branchRef(branch: string): string {
  return `refs/heads/${requireBranch(branch)}`;
}

/** The branch a reference under `refs/heads/` names, or null when its name is none of ours. */
export function branchOfRef(ref: string): string | null {
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : "";
  return isBranch(branch) ? branch : null;
}

/**
 * The address of a remote: https, ssh, or a folder of this machine. Everything else git would accept (`ext::` runs a
 * program, a leading dash is an option) is `invalid-ref`.
 */
export function requireRemote(text: string): string {
  const plain = !/[\p{Cc}\s\\]/u.test(text) && !text.includes("::");
  const known = /^(?:https|ssh):\/\/[^-/]/.test(text) || /^[a-z0-9][a-z0-9._-]*@[a-z0-9][a-z0-9.-]*:[^-]/i.test(text) || /^(?:file:\/\/)?\/[^/]/.test(text);
  if (!plain || !known) throw problem("invalid-ref", "Give the remote as https://…, ssh://…, user@host:path, or the absolute path of a repository.");
  return text;
}

/** An actor's id as part of a branch; what does not fit is replaced, and a digest keeps two ids apart. */
export function segmentOf(actor: string): string {
  if (isSegment(actor) && actor.length <= GIT_LIMITS.draftNameCharacters) return actor;
  const readable = actor.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 32).replace(/-$/, "");
  return [readable, sha256Hex(actor).slice(0, 8)].filter(Boolean).join("-");
}

function isBranch(text: string): boolean {
  return text.length <= GIT_LIMITS.branchCharacters && text.split("/").every(isSegment);
}

function isSegment(text: string): boolean {
  return SEGMENT.test(text) && !text.includes("..") && !text.endsWith(".lock");
}
