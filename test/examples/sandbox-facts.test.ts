import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { actionOf, referenceMaker } from "../../examples/sandbox/actions.ts";
import { endpointName, endpointsFor } from "../../examples/sandbox/endpoints-for.ts";
import { DEFAULT_PROFILE, SYSTEMS } from "../../examples/sandbox/systems.ts";
import type { TargetSystem, TaskType } from "../../engine/language/kinds.ts";

// The sandbox repeats what definitions believe about target systems; here the two are compared.

function definitions<T>(kind: string): T[] {
  const folder = new URL(`../../definitions/${kind}/`, import.meta.url);
  return readdirSync(folder).filter((file) => file.endsWith(".json")).map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as T);
}

const systems = definitions<TargetSystem>("target-system");
const systemTasks = definitions<TaskType>("task-type").filter((type) => type.targetSystem !== undefined);

describe("the sandbox and the definitions agree", () => {
  it.each(systems.map((system) => [system.key, system] as const))("about %s", (key, system) => {
    expect(SYSTEMS[key] ?? DEFAULT_PROFILE).toMatchObject({ effects: system.effects.class, completion: system.completion });
    expect(endpointName(key)).toBe(system.endpoint);
    expect(endpointsFor("http://sandbox:4010/", systems.map((each) => each.key))[system.endpoint]).toBe(`http://sandbox:4010/${key}`);
  });

  it.each(systemTasks.map((type) => [`${type.targetSystem}.${type.action}`, type] as const))("about the evidence of %s", (_name, type) => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const system = type.targetSystem ?? "";
    const action = actionOf(system, type.action);
    const work = { system, action: type.action, doneAt: "2026-11-20T10:00:00.000Z", reference: referenceMaker("seed", system, type.action, "key", 1) };
    for (const request of [{}, { quantity: 50, retentionYears: 7, slot: "2026-11-24T08:00:00Z/PT4H", expected: "500M" }, { slot: "morning" }]) {
      const evidence = action.evidence({ ...work, request });
      expect(ajv.validate(type.evidence ?? true, evidence), `${JSON.stringify(evidence)} ${ajv.errorsText()}`).toBe(true);
    }
    expect(action.question === true).toBe(type.work.by === "system" && type.work.mode === "query");
  });
});
