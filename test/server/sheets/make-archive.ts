import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive made by hand, and the lies its headers tell. */
export interface MadeFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  /** Size in the directory and in its own header. */
  readonly declaredBytes?: number;
  /** Name in its own header. */
  readonly localName?: string;
  /** Made by Unix with this mode. */
  readonly mode?: number;
  readonly flags?: number;
  /** Position of another file, whose bytes this one claims. */
  readonly sameBytesAs?: string;
}

/** Builds a ZIP archive byte by byte, so that tests can build ones that no program writes. */
export function makeArchive(files: readonly MadeFile[], { countInEnd = files.length, trailing = "" } = {}): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets = new Map<string, number>();
  let offset = 0;
  for (const file of files) {
    const content = Buffer.from(file.content as string);
    const packed = file.stored === true ? content : deflateRawSync(content);
    const bytes = file.declaredBytes ?? content.length;
    const name = Buffer.from(file.name);
    const localName = Buffer.from(file.localName ?? file.name);
    const facts = numbers([[2, file.flags ?? 0], [2, file.stored === true ? 0 : 8], [4, 0], [4, crc32(content)], [4, packed.length], [4, bytes]]);
    const at = file.sameBytesAs === undefined ? offset : offsets.get(file.sameBytesAs) ?? 0;
    offsets.set(file.name, at);
    directory.push(Buffer.concat([
      numbers([[4, 0x02014b50], [1, 20], [1, file.mode === undefined ? 0 : 3], [2, 20]]), facts,
      numbers([[2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, ((file.mode ?? 0) << 16) >>> 0], [4, at]]), name,
    ]));
    if (file.sameBytesAs !== undefined) continue;
    parts.push(Buffer.concat([numbers([[4, 0x04034b50], [2, 20]]), facts, numbers([[2, localName.length], [2, 0]]), localName, packed]));
    offset += parts.at(-1)?.length ?? 0;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = numbers([[4, 0x06054b50], [2, 0], [2, 0], [2, countInEnd], [2, countInEnd], [4, size], [4, offset], [2, 0]]);
  return Buffer.concat([...parts, ...directory, end, Buffer.from(trailing)]);
}

function numbers(fields: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(fields.map(([bytes, value]) => {
    const field = Buffer.alloc(bytes);
    field.writeUIntLE(value, 0, bytes);
    return field;
  }));
}
