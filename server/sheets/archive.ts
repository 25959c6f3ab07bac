import { crc32, inflateRawSync } from "node:zlib";
import { readDirectory, type ArchiveEntry } from "./archive-directory.ts";
import { SheetProblem } from "./sheet-problem.ts";

/** The files inside a workbook, by their path. Each is unpacked when it is asked for, and not one byte beyond what it declared. */
export interface Archive {
  readonly names: readonly string[];
  /** The content of one file; null when there is none of that name. */
  readonly read: (name: string) => Uint8Array | null;
}

/** Opens a ZIP archive. Everything its directory says is checked before anything is unpacked; throws `SheetProblem`. */
export function openArchive(bytes: Uint8Array): Archive {
  const entries = new Map(readDirectory(bytes).map((entry) => [entry.name, entry]));
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name);
      return entry === undefined ? null : unpack(bytes.subarray(entry.start, entry.start + entry.packedBytes), entry);
    },
  };
}

function unpack(packed: Uint8Array, entry: ArchiveEntry): Uint8Array {
  const content = entry.stored ? packed : inflate(packed, entry);
  if (content.length !== entry.bytes) throw lies(entry.name);
  if (crc32(content) !== entry.checksum) throw new SheetProblem("archive-invalid", `The file ${entry.name} inside the workbook is damaged; save the workbook again.`);
  return content;
}

/** The limit of `zlib` ends the work as soon as the declared size is exceeded: sizes in the directory may lie, memory does not. */
function inflate(packed: Uint8Array, entry: ArchiveEntry): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(entry.bytes, 1) });
  } catch {
    throw lies(entry.name);
  }
}

function lies(name: string): SheetProblem {
  return new SheetProblem("archive-invalid", `The file ${name} inside the workbook is not what its directory says; save the workbook again.`);
}
