import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const MEMORY = "/dev/shm";
const ENOUGH_BYTES = 2 * 1024 ** 3;

/**
 * The folder for what tests write: in memory where the machine offers one with two gigabytes free, else the usual one. Every commit of
 * a test would otherwise wait for a disk; what survives a power failure is the database's promise, what survives the death of a
 * process is ours and is tested by `test/slow` on the disk.
 */
export function quickTemporaryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH_BYTES ? MEMORY : tmpdir();
  } catch {
    // No such folder: not Linux.
    return tmpdir();
  }
}
