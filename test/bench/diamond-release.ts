import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import { planRelease, type GraphTask } from "./plan-release.ts";

/** T1,T2; T3,T4 after T1; T5 after T2-T4; T6 after T5; T7,T8 after T6; T9 after both; T10. */
const DIAMOND: readonly GraphTask[] = [
  { key: "t1" },
  { key: "t2" },
  { key: "t3", after: ["t1"] },
  { key: "t4", after: ["t1"] },
  { key: "t5", after: ["t2", "t3", "t4"] },
  { key: "t6", after: ["t5"] },
  { key: "t7", after: ["t6"] },
  { key: "t8", after: ["t6"] },
  { key: "t9", after: ["t7", "t8"] },
  { key: "t10", after: ["t9"] },
];

/** The ten-task diamond that peers are measured with; each variant is a release of its own. */
export function diamondRelease(variant = 0): CompiledRelease {
  return planRelease({ name: `bench.diamond.${variant}`, tasks: DIAMOND, systems: { bench: { limits: { concurrency: 1_000_000 - variant } } } });
}

/** Several diamonds one after the other, so that a plan of any size moves in the same way at every place. */
export function longRelease(tasks: number): CompiledRelease {
  const links = Math.ceil(tasks / DIAMOND.length);
  const chain = Array.from({ length: links }, (_, link) =>
    DIAMOND.map(({ key, after }) => ({
      key: `d${link}-${key}`,
      after: after ? after.map((other) => `d${link}-${other}`) : link > 0 ? [`d${link - 1}-t10`] : [],
    })),
  ).flat();
  return planRelease({ name: `bench.long-${tasks}`, tasks: chain });
}
