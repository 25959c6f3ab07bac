import { dirname, join } from "node:path";
import { requireBranch, requireRemote } from "./git/ref-names.ts";
import { checkDemoMode } from "./identity/check-demo-mode.ts";
import { Problem } from "./problems/problem.ts";
import type { DefinitionsSettings } from "./promotion/start-promotion.ts";

/** How one process of Orderloom is set up. Read once at start; nothing else looks at the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** `api` answers requests, `worker` moves orders, `both` does both. */
  readonly role: "api" | "worker" | "both";
  /** PostgreSQL address; null uses the SQLite file. */
  readonly databaseUrl: string | null;
  readonly sqliteFile: string;
  readonly definitionsDir: string;
  /** Drafts, review and promotion in Git; null: the folder is the release, at each start. */
  readonly definitions: DefinitionsSettings | null;
  /** Personas with a random key, unauthenticated TMF calls, sample orders. */
  readonly demo: boolean;
  /** Simulated target systems inside this process. */
  readonly sandbox: boolean;
  readonly sandboxJournal: string | null;
  /** Where target systems reach this server. */
  readonly publicUrl: string;
  /** Secrets of signed callbacks, newest first; null: random at each start, which only the built-in sandbox can know. */
  readonly callbackSecrets: readonly string[] | null;
  readonly issuer: { readonly url: string; readonly audience: string; readonly jwksUrl: string } | null;
  readonly logLevel: string;
  readonly shutdownTimeoutMs: number;
  readonly globalConcurrency: number;
  readonly adapterTimeoutMs: number;
}

type Environment = { readonly [name: string]: string | undefined };

export type ConfigResult = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the configuration from environment variables, or says all that is wrong with them. The table is in `server/README.md`. */
export function readConfig(env: Environment): ConfigResult {
  const problems: string[] = [];
  const host = env["HOST"] ?? "127.0.0.1";
  const port = wholeNumber(env, "PORT", 3000, 0, 65_535, problems);
  const role = oneOf(env, "ORDERLOOM_ROLE", ["both", "api", "worker"] as const, problems);
  const issuer = readIssuer(env, problems);
  const production = env["NODE_ENV"] === "production";
  const demo = flag(env, "ORDERLOOM_DEMO", !production && issuer === null, problems);
  const demoProblem = checkDemoMode({ demo, host, production, issuerConfigured: issuer !== null });
  if (demoProblem) problems.push(demoProblem);
  const sandbox = flag(env, "ORDERLOOM_SANDBOX", demo, problems);
  const callbackSecrets = env["ORDERLOOM_CALLBACK_SECRETS"]?.split(",").map((secret) => secret.trim()).filter(Boolean) ?? null;
  if (callbackSecrets?.some((secret) => !secret.startsWith("whsec_"))) problems.push("ORDERLOOM_CALLBACK_SECRETS must hold whsec_… secrets, separated by commas.");
  if (callbackSecrets === null && !sandbox) problems.push("ORDERLOOM_CALLBACK_SECRETS is missing: without it no target system can report a result.");

  const sqliteFile = env["ORDERLOOM_SQLITE_FILE"] ?? "data/orderloom.db";
  const definitions = readDefinitionsSettings(env, sqliteFile, problems);
  const config: Config = {
    host, port, role, demo, sandbox, issuer, callbackSecrets,
    databaseUrl: env["DATABASE_URL"] ?? null,
    sqliteFile, definitions,
    definitionsDir: env["ORDERLOOM_DEFINITIONS"] ?? "definitions",
    sandboxJournal: env["ORDERLOOM_SANDBOX_JOURNAL"] ?? null,
    publicUrl: env["ORDERLOOM_PUBLIC_URL"] ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    logLevel: env["LOG_LEVEL"] ?? "info",
    shutdownTimeoutMs: wholeNumber(env, "ORDERLOOM_SHUTDOWN_TIMEOUT_MS", 10_000, 0, 600_000, problems),
    globalConcurrency: wholeNumber(env, "ORDERLOOM_GLOBAL_CONCURRENCY", 1_000, 1, 100_000, problems),
    adapterTimeoutMs: wholeNumber(env, "ORDERLOOM_ADAPTER_TIMEOUT_MS", 10_000, 100, 600_000, problems),
  };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}

function readIssuer(env: Environment, problems: string[]): Config["issuer"] {
  const url = env["OIDC_ISSUER"];
  if (url === undefined) return null;
  const audience = env["OIDC_AUDIENCE"];
  if (audience === undefined) problems.push("OIDC_AUDIENCE is missing: name the audience that tokens for this server carry.");
  return { url, audience: audience ?? "", jwksUrl: env["OIDC_JWKS_URL"] ?? `${url.replace(/\/$/, "")}/.well-known/jwks.json` };
}

/** What git may know of our environment: where programs are, and how to prove to a remote who we are. */
const GIT_VARIABLES = ["PATH", "HOME", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "GIT_ASKPASS"];
const NO_REPOSITORY = "none";

function readDefinitionsSettings(env: Environment, sqliteFile: string, problems: string[]): DefinitionsSettings | null {
  const repository = env["ORDERLOOM_DEFINITIONS_REPOSITORY"] ?? join(env["DATABASE_URL"] === undefined ? dirname(sqliteFile) : "data", "definitions.git");
  if (repository === NO_REPOSITORY) return null;
  const branch = env["ORDERLOOM_DEFINITIONS_BRANCH"] ?? "main";
  const remote = env["ORDERLOOM_DEFINITIONS_REMOTE"] ?? null;
  const reviewIn = oneOf(env, "ORDERLOOM_DEFINITIONS_REVIEW", ["here", "remote"] as const, problems);
  const pullRequestUrl = env["ORDERLOOM_PULL_REQUEST_URL"] ?? null;
  refused("ORDERLOOM_DEFINITIONS_BRANCH", () => requireBranch(branch), problems);
  if (remote !== null) refused("ORDERLOOM_DEFINITIONS_REMOTE", () => requireRemote(remote), problems);
  if (reviewIn === "remote" && remote === null) problems.push("ORDERLOOM_DEFINITIONS_REVIEW is remote, but ORDERLOOM_DEFINITIONS_REMOTE names none.");
  if (pullRequestUrl !== null && !/^https?:\/\//.test(pullRequestUrl)) problems.push("ORDERLOOM_PULL_REQUEST_URL must be an http address; {branch} and {target} are replaced.");
  const environment = Object.fromEntries(GIT_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  return { repository, branch, remote, reviewIn, pullRequestUrl, environment };
}

function refused(name: string, check: () => unknown, problems: string[]): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problems.push(`${name}: ${error.message}`);
  }
}

function wholeNumber(env: Environment, name: string, otherwise: number, min: number, max: number, problems: string[]): number {
  const text = env[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  problems.push(`${name} must be a whole number from ${min} to ${max}.`);
  return otherwise;
}

function oneOf<const T extends string>(env: Environment, name: string, allowed: readonly [T, ...T[]], problems: string[]): T {
  const text = env[name] ?? allowed[0];
  const found = allowed.find((value) => value === text);
  if (found === undefined) problems.push(`${name} must be one of ${allowed.join(", ")}.`);
  return found ?? allowed[0];
}

function flag(env: Environment, name: string, otherwise: boolean, problems: string[]): boolean {
  const text = env[name];
  if (text === undefined) return otherwise;
  if (text !== "0" && text !== "1") problems.push(`${name} must be 1 or 0.`);
  return text === "1";
}
