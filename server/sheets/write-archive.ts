import { crc32, deflateRawSync } from "node:zlib";

/** 1 January 1980, the zero of the format: the same content gives the same bytes on every day. */
const DOS_DATE = 0x0021;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
const VERSION = 20;

/** A ZIP archive of these files, packed, in their order. */
export function writeArchive(files: ReadonlyMap<string, string>): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const content = Buffer.from(text, "utf8");
    const packed = deflateRawSync(content);
    const name = Buffer.from(path, "utf8");
    const facts = factsOf(name, content, packed);
    parts.push(Buffer.concat([uint32(0x04034b50), uint16(VERSION), facts, uint16(0), name, packed]));
    directory.push(Buffer.concat([uint32(0x02014b50), uint16(VERSION), uint16(VERSION), facts, uint16(0), uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset), name]));
    offset += 30 + name.length + packed.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const count = uint16(directory.length);
  return Buffer.concat([...parts, ...directory, uint32(0x06054b50), uint16(0), uint16(0), count, count, uint32(size), uint32(offset), uint16(0)]);
}

/** What a file's own header and the directory both say: flags, method, time, date, checksum, sizes, length of the name. */
function factsOf(name: Buffer, content: Buffer, packed: Buffer): Buffer {
  return Buffer.concat([
    uint16(UTF8_NAMES), uint16(DEFLATED), uint16(0), uint16(DOS_DATE), uint32(crc32(content)), uint32(packed.length), uint32(content.length), uint16(name.length),
  ]);
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
