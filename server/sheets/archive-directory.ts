import { SHEET_LIMITS } from "./limits.ts";
import { SheetProblem } from "./sheet-problem.ts";

/** One file of a ZIP archive, as its directory and its own header agree on it. */
export interface ArchiveEntry {
  readonly name: string;
  /** Not packed at all. */
  readonly stored: boolean;
  readonly packedBytes: number;
  /** Unpacked. */
  readonly bytes: number;
  readonly checksum: number;
  /** Where the packed content begins. */
  readonly start: number;
}

const SIGNATURE = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const SIZE = { local: 30, central: 46, end: 22, commentMax: 0xffff } as const;
const METHOD = { stored: 0, deflated: 8 } as const;
const ENCRYPTED = 0x1;
const SIZES_FOLLOW = 0x8;
const UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMLINK = 0o120000;
const NESTED = /\.(zip|xlsx|xlsm|xlsb|docx|pptx|jar|gz|bz2|xz|7z|rar|tar)$/i;
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads the directory of a ZIP archive (APPNOTE 6.3) and refuses, before anything is unpacked, what no spreadsheet program
 * writes: paths that leave the archive, symbolic links, encryption, files that share bytes or stand twice, archives inside
 * it, more files or bytes than `SHEET_LIMITS` allow. Throws `SheetProblem`.
 */
export function readDirectory(bytes: Uint8Array): readonly ArchiveEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) throw invalid("is spread over several files");
  if (count > SHEET_LIMITS.archiveEntries) throw invalid(`holds ${count} files; at most ${SHEET_LIMITS.archiveEntries} are read`);
  if (start + size !== end) throw invalid("has bytes before or behind its directory");
  const entries: ArchiveEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const { entry, next } = readEntry(view, bytes, at, end, start);
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw invalid("has a directory of another length than it says");
  checkTogether(entries);
  return entries;
}

function findEnd(view: DataView): number {
  const last = view.byteLength - SIZE.end;
  for (let at = last; at >= Math.max(0, last - SIZE.commentMax); at -= 1) {
    if (view.getUint32(at, true) === SIGNATURE.end && at + SIZE.end + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw invalid("has no directory: it is cut off or damaged");
}

function readEntry(view: DataView, bytes: Uint8Array, at: number, end: number, directory: number): { readonly entry: ArchiveEntry; readonly next: number } {
  if (at + SIZE.central > end || view.getUint32(at, true) !== SIGNATURE.central) throw invalid("has a damaged directory");
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const [checksum, packedBytes, unpacked] = [16, 20, 24].map((offset) => view.getUint32(at + offset, true)) as [number, number, number];
  const nameBytes = view.getUint16(at + 28, true);
  const next = at + SIZE.central + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > end) throw invalid("has a damaged directory");
  const name = decodeName(bytes.subarray(at + SIZE.central, at + SIZE.central + nameBytes));
  checkName(name);
  if (view.getUint8(at + 5) === UNIX && ((view.getUint32(at + 38, true) >>> 16) & FILE_TYPE) === SYMLINK) throw invalid(`holds the symbolic link ${name}`);
  if ((flags & ENCRYPTED) !== 0) throw new SheetProblem("unsupported-media-type", "The workbook is encrypted; save it without a password.");
  if (method !== METHOD.stored && method !== METHOD.deflated) throw invalid(`packs ${name} in a way spreadsheets do not use`);
  if (method === METHOD.stored && packedBytes !== unpacked) throw invalid(`holds ${name} with two sizes`);
  const local = view.getUint32(at + 42, true);
  const start = readLocal(view, bytes, local, directory, { name, packedBytes, unpacked });
  if (start + packedBytes > directory) throw invalid(`lets ${name} reach into its directory`);
  if (method === METHOD.stored && packedBytes > 3 && view.getUint32(start, true) === SIGNATURE.local) throw invalid(`holds another archive, ${name}`);
  return { entry: { name, stored: method === METHOD.stored, packedBytes, bytes: unpacked, checksum, start }, next };
}

/** Where the content behind a file's own header begins; header and directory must tell the same. */
function readLocal(
  view: DataView, bytes: Uint8Array, at: number, directory: number, told: { readonly name: string; readonly packedBytes: number; readonly unpacked: number },
): number {
  if (at + SIZE.local > directory || view.getUint32(at, true) !== SIGNATURE.local) throw invalid(`has no header for ${told.name}`);
  const nameBytes = view.getUint16(at + 26, true);
  const start = at + SIZE.local + nameBytes + view.getUint16(at + 28, true);
  if (start > directory) throw invalid(`has a damaged header for ${told.name}`);
  if (decodeName(bytes.subarray(at + SIZE.local, at + SIZE.local + nameBytes)) !== told.name) throw invalid(`gives ${told.name} two names`);
  const sizesFollow = (view.getUint16(at + 6, true) & SIZES_FOLLOW) !== 0;
  if (!sizesFollow && (view.getUint32(at + 18, true) !== told.packedBytes || view.getUint32(at + 22, true) !== told.unpacked)) throw invalid(`holds ${told.name} with two sizes`);
  return start;
}

function decodeName(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw invalid("holds a file whose name is not UTF-8");
  }
}

function checkName(name: string): void {
  const leaves = name === "" || name.startsWith("/") || name.includes("\\") || name.includes(":") || name.includes("\u0000") || name.split("/").includes("..");
  if (leaves) throw invalid("holds a file whose path leaves it");
  if (NESTED.test(name)) throw invalid(`holds another archive, ${name}`);
}

function checkTogether(entries: readonly ArchiveEntry[]): void {
  const names = new Set<string>();
  let end = 0;
  let total = 0;
  for (const entry of [...entries].sort((left, right) => left.start - right.start)) {
    if (names.has(entry.name.toLowerCase())) throw invalid(`holds ${entry.name} twice`);
    names.add(entry.name.toLowerCase());
    // Its own header lies between the content before and its content; without room for it, two files share bytes.
    if (entry.start - SIZE.local < end) throw invalid("holds files that overlap");
    end = entry.start + entry.packedBytes;
    total += entry.bytes;
    if (entry.bytes > SHEET_LIMITS.ratioFreeBytes && entry.bytes > entry.packedBytes * SHEET_LIMITS.inflateRatio) {
      throw new SheetProblem("archive-ratio", `A file inside the workbook unpacks to more than ${SHEET_LIMITS.inflateRatio} times its size; remove what is empty or repeated and save it again.`);
    }
  }
  if (total > SHEET_LIMITS.inflatedBytes) {
    throw new SheetProblem("archive-ratio", `The workbook unpacks to ${total} bytes; at most ${SHEET_LIMITS.inflatedBytes} are read.`);
  }
}

function invalid(what: string): SheetProblem {
  return new SheetProblem("archive-invalid", `The workbook ${what}; save it again with a spreadsheet program.`);
}
