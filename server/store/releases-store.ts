import { compile } from "../../engine/language/compile.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Definition } from "../../engine/language/kinds.ts";
import type { Database } from "./database.ts";
import { literal } from "./sql.ts";
import { insertMissing } from "./table.ts";
import { RELEASES } from "./tables.ts";

/** A release as it is published: its content decides its digest. */
export interface ReleaseBundle {
  readonly digest: string;
  readonly name: string;
  readonly languageVersion: number;
  readonly definitions: readonly Definition[];
}

export interface StoredRelease {
  readonly name: string;
  readonly digest: string;
  readonly storedAt: string;
}

/** Published releases. A stored release never changes; orders keep running on the one they were accepted under. */
export interface ReleasesStore {
  /** Stores a compiled release; the same digest again changes nothing. Returns false when it was there before. */
  readonly put: (release: CompiledRelease, at: string) => Promise<boolean>;
  /** Makes a stored release the one new orders are accepted under. */
  readonly activate: (digest: string, at: string) => Promise<void>;
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
}

/** The releases of one database, compiled at most once per process. */
export function createReleasesStore(database: Database): ReleasesStore {
  const compiled = new Map<string, CompiledRelease>();
  const underway = new Map<string, Promise<CompiledRelease | null>>();
  let active: CompiledRelease | null = null;

  async function read(digest: string): Promise<CompiledRelease | null> {
    const [rows = []] = await database.select(`SELECT bundle FROM releases WHERE digest=${literal(digest)}`);
    if (!rows[0]) return null;
    const release = compileBundle(JSON.parse(String(rows[0]["bundle"])) as ReleaseBundle);
    if (release.digest !== digest) throw new Error(`Release ${digest} compiles to ${release.digest}: its stored content was changed`);
    compiled.set(digest, release);
    return release;
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
    get: (digest) => compiled.get(digest) ?? published(digest),
    active: () => active,
    async put(release, at) {
      const { digest, name, languageVersion, definitions } = release;
      const isNew = (await byDigest(digest)) === null;
      const content: ReleaseBundle = { digest, name, languageVersion, definitions };
      if (isNew) await database.write(insertMissing(RELEASES, [{ digest, name, bundle: JSON.stringify(content), stored_at: at }]));
      if (isNew) compiled.set(digest, release);
      return isNew;
    },
    async activate(digest, at) {
      const release = await published(digest);
      const next = "(SELECT COALESCE(MAX(number),0)+1 FROM active_releases)";
      const sql = `INSERT INTO active_releases (number,digest,activated_at) SELECT ${next},${literal(digest)},${literal(at)}`;
      await database.write([{ sql }]);
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
  };
}

function compileBundle({ name, definitions }: ReleaseBundle): CompiledRelease {
  const files = definitions.map((definition) => ({ path: `${definition.kind}/${definition.key}.json`, content: definition }));
  const compilation = compile(files, { name });
  if (!compilation.ok) throw new Error(`Release ${name} no longer compiles: ${compilation.diagnostics[0]?.message ?? "no reason given"}`);
  return compilation.release;
}
