import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { bundleOf, compileBundle, type ReleaseBundle } from "../../engine/language/release-bundle.ts";
import type { Database } from "./database.ts";
import type { Row } from "./dialect.ts";
import { createRecentlyUsed } from "./recently-used.ts";
import { literal, type Statement } from "./sql.ts";
import { insertMissing } from "./table.ts";
import { RELEASES } from "./tables.ts";

export interface StoredRelease {
  readonly name: string;
  readonly digest: string;
  readonly storedAt: string;
}

/** Why a release became the one for new orders: who, from which commit, and whether it is a new one or an older one again. */
export interface ActivationCause {
  readonly kind: "folder" | "seed" | "promotion" | "rollback" | "git";
  readonly commit: string | null;
  readonly by: string;
  readonly reason: string;
}

/** One entry of the history of what new orders were accepted under. */
export interface Activation extends ActivationCause {
  readonly number: number;
  readonly digest: string;
  readonly at: string;
}

/** Published releases. A stored release never changes; orders keep running on the one they were accepted under. */
export interface ReleasesStore {
  /** Stores a compiled release; the same digest again changes nothing. Returns false when it was there before. */
  readonly put: (release: CompiledRelease, at: string) => Promise<boolean>;
  /** Makes a stored release the one new orders are accepted under, in one transaction with what else is written. */
  readonly activate: (digest: string, at: string, cause?: ActivationCause, also?: readonly Statement[]) => Promise<void>;
  /** The release new orders are accepted under, as this process knows it; null before there is one. */
  readonly active: () => CompiledRelease | null;
  /** Asks the database which release is active: at start, and when another process may have activated one. */
  readonly refreshActive: () => Promise<CompiledRelease | null>;
  /** The compiled release, at once when this process has met it. An order without its release is a defect: it throws. */
  readonly get: (digest: string) => CompiledRelease | Promise<CompiledRelease>;
  /** The compiled release, or null when it was never published. */
  readonly byDigest: (digest: string) => Promise<CompiledRelease | null>;
  /** All of them, newest first. */
  readonly list: () => Promise<readonly StoredRelease[]>;
  /** What new orders were accepted under, the newest first. */
  readonly activations: (limit: number) => Promise<readonly Activation[]>;
  /** The definitions of a release as they are stored, or null. */
  readonly bundle: (digest: string) => Promise<ReleaseBundle | null>;
}

const FROM_FOLDER: ActivationCause = { kind: "folder", commit: null, by: "server", reason: "The definitions folder at the start" };

/**
 * Compiled releases a process keeps in memory, about 2 MB each for 150 definitions. More live releases than this still work: one
 * that was not used for long is compiled again when an order needs it.
 */
const COMPILED_RELEASES = 256;

/** The releases of one database. Each is compiled once per process, as long as no more than `kept` are in use. */
export function createReleasesStore(database: Database, kept = COMPILED_RELEASES): ReleasesStore {
  const compiled = createRecentlyUsed<CompiledRelease>(kept);
  const underway = new Map<string, Promise<CompiledRelease | null>>();
  let active: CompiledRelease | null = null;

  async function read(digest: string): Promise<CompiledRelease | null> {
    const stored = await bundle(digest);
    if (stored === null) return null;
    const release = compiledFrom(stored);
    if (release.digest !== digest) throw new Error(`Release ${digest} compiles to ${release.digest}: its stored content was changed`);
    compiled.put(digest, release);
    return release;
  }

  async function bundle(digest: string): Promise<ReleaseBundle | null> {
    const [rows = []] = await database.select(`SELECT bundle FROM releases WHERE digest=${literal(digest)}`);
    return rows[0] ? (JSON.parse(String(rows[0]["bundle"])) as ReleaseBundle) : null;
  }

  async function byDigest(digest: string): Promise<CompiledRelease | null> {
    const known = compiled.get(digest);
    if (known) return known;
    const reading = underway.get(digest) ?? read(digest).finally(() => underway.delete(digest));
    underway.set(digest, reading);
    return reading;
  }

  async function published(digest: string): Promise<CompiledRelease> {
    const release = await byDigest(digest);
    if (!release) throw new Error(`Release ${digest} is not stored`);
    return release;
  }

  return {
    byDigest,
    bundle,
    get: (digest) => compiled.get(digest) ?? published(digest),
    active: () => active,
    async put(release, at) {
      const { digest, name } = release;
      const isNew = (await byDigest(digest)) === null;
      if (isNew) await database.write(insertMissing(RELEASES, [{ digest, name, bundle: JSON.stringify(bundleOf(release)), stored_at: at }]));
      if (isNew) compiled.put(digest, release);
      return isNew;
    },
    async activate(digest, at, { kind, commit, by, reason } = FROM_FOLDER, also = []) {
      const release = await published(digest);
      const next = "(SELECT COALESCE(MAX(number),0)+1 FROM active_releases)";
      const values = [digest, at, kind, commit, by, reason].map(literal).join(",");
      await database.write([{ sql: `INSERT INTO active_releases (number,digest,activated_at,kind,commit_id,activated_by,reason) SELECT ${next},${values}` }, ...also]);
      active = release;
    },
    async refreshActive() {
      const [rows = []] = await database.select("SELECT digest FROM active_releases ORDER BY number DESC LIMIT 1");
      const digest = rows[0]?.["digest"];
      active = typeof digest === "string" ? await published(digest) : null;
      return active;
    },
    async list() {
      const [rows = []] = await database.select("SELECT name, digest, stored_at FROM releases ORDER BY stored_at DESC, digest");
      return rows.map((row) => ({ name: String(row["name"]), digest: String(row["digest"]), storedAt: String(row["stored_at"]) }));
    },
    async activations(limit) {
      const [rows = []] = await database.select(`SELECT * FROM active_releases ORDER BY number DESC LIMIT ${limit}`);
      return rows.map(activationOf);
    },
  };
}

/** Activations of servers that did not write down why are taken for those of a folder. */
function activationOf(row: Row): Activation {
  const { commit_id: commit, activated_by: by, kind, reason } = row;
  return {
    number: Number(row["number"]),
    digest: String(row["digest"]),
    at: String(row["activated_at"]),
    kind: typeof kind === "string" ? (kind as ActivationCause["kind"]) : FROM_FOLDER.kind,
    commit: typeof commit === "string" ? commit : null,
    by: typeof by === "string" ? by : FROM_FOLDER.by,
    reason: typeof reason === "string" ? reason : FROM_FOLDER.reason,
  };
}

function compiledFrom(bundle: ReleaseBundle): CompiledRelease {
  const compilation = compileBundle(bundle);
  if (!compilation.ok) throw new Error(`Release ${bundle.name} no longer compiles: ${compilation.diagnostics[0]?.message ?? "no reason given"}`);
  return compilation.release;
}
