import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join, relative } from "node:path";
import type { DefinitionFile } from "../../engine/language/definition-file.ts";

const SHIPPED = fileURLToPath(new URL("../../definitions", import.meta.url));

/** Reads every JSON file below a folder of definitions; the folder the product ships when none is named. */
export function loadDefinitions(dir: string = SHIPPED): DefinitionFile[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: relative(dir, file).replaceAll("\\", "/"),
      content: JSON.parse(readFileSync(file, "utf8")) as unknown,
    }));
}
