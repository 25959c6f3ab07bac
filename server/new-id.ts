import { randomBytes } from "node:crypto";

/**
 * Ids that sort by the time they were made (RFC 9562, UUID version 7): 48 bits of milliseconds, then random bits. Rows
 * made together then lie together in an index.
 */
export function createIdSource(nowMs: () => number): () => string {
  return () => {
    const bytes = randomBytes(16);
    bytes.writeUIntBE(nowMs(), 0, 6);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
