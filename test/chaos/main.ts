import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Verdict, WorldName } from "./examine.ts";
import { runPlanted } from "./planted/run-planted.ts";
import { keepSeeds, regressionSeeds } from "./regression-seeds.ts";
import { complaints, sentence, summarize } from "./report.ts";
import { serveJobs } from "./worker.ts";
import { examineAll } from "./examine-all.ts";

const HELP = `npm run simulate:chaos -- [options]

  --orders N         orders handed in altogether (1000)
  --seed S           seed of the first world; the others follow (a random one, printed)
  --store KIND       memory or sql (memory)
  --profile NAME     swarm: each world draws its faults; storm: all of them, often; calm: none (swarm)
  --world-orders N   orders of one world (100)
  --worlds N         that many worlds, instead of --orders
  --jobs N           worker processes (one per core, at most 4; twice as many for sql, whose worlds wait for their database)
  --no-regression    do not replay the kept seeds first, and keep none
  --planted          the test of the tests: each planted bug until a checker finds it, and each checker needed for one
  --matrix           the same over more worlds of each bug
  --help

Exit code 1 on violations, when a planted bug survives, or when a checker could be deleted unnoticed.`;

/** Instants between two lines of progress. */
const PROGRESS_MS = 5_000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      orders: { type: "string", default: "1000" }, seed: { type: "string" }, store: { type: "string", default: "memory" }, profile: { type: "string", default: "swarm" },
      "world-orders": { type: "string", default: "100" }, worlds: { type: "string" }, jobs: { type: "string" }, "no-regression": { type: "boolean", default: false },
      planted: { type: "boolean", default: false }, matrix: { type: "boolean", default: false }, worker: { type: "boolean", default: false }, help: { type: "boolean", default: false },
    },
  });
  if (values.worker) {
    serveJobs();
    return 0;
  }
  if (values.help) {
    print(HELP);
    return 0;
  }
  const first = values.seed === undefined ? Math.floor(Math.random() * 1_000_000_000) : Number(values.seed);
  const size = Number(values["world-orders"]);
  const count = values.worlds === undefined ? Math.ceil(Number(values.orders) / size) : Number(values.worlds);
  const jobs = values.jobs === undefined ? Math.min(4, availableParallelism()) * (values.store === "sql" ? 2 : 1) : Number(values.jobs);
  if (![first, size, count, jobs].every((value) => Number.isSafeInteger(value) && value >= 0) || size < 1 || (values.store !== "memory" && values.store !== "sql")) {
    print(`These options make no sense.\n\n${HELP}`);
    return 64;
  }
  if (values.planted || values.matrix) return runPlanted({ seed: first, matrix: values.matrix, jobs, print });
  const { store, profile } = values;
  const left = values.worlds === undefined ? Number(values.orders) : count * size;
  const worlds = Array.from({ length: count }, (_, n): WorldName => ({ seed: first + n, store, profile, orders: Math.min(size, left - n * size) }));
  const kept = values["no-regression"] ? [] : regressionSeeds().map(({ seed, store, profile, orders }): WorldName => ({ seed, store, profile, orders }));
  print(`seed ${first}, ${count} worlds of ${size} orders, store ${store}, profile ${profile}, ${jobs} processes, ${kept.length} kept seeds first`);

  const startedAt = performance.now();
  const replayed: Verdict[] = [];
  await examineAll(kept, jobs, (verdict) => replayed.push(verdict));
  const verdicts: Verdict[] = [];
  let toldAt = performance.now();
  await examineAll(worlds, jobs, (verdict) => {
    verdicts.push(verdict);
    if (performance.now() - toldAt < PROGRESS_MS) return;
    toldAt = performance.now();
    process.stderr.write(`${sentence(summarize(verdicts), (toldAt - startedAt) / 1_000)}\n`);
  });

  const seconds = (performance.now() - startedAt) / 1_000;
  const failed = [...replayed, ...verdicts].filter(({ violations }) => violations.length > 0);
  for (const line of complaints(failed)) print(line);
  if (!values["no-regression"] && failed.length > 0) keepSeeds(verdicts.filter(({ violations }) => violations.length > 0).slice(0, 20));
  const summary = summarize(verdicts);
  print(JSON.stringify({ seed: first, store, profile, seconds: Number(seconds.toFixed(1)), replayed: replayed.length, replayedViolations: summarize(replayed).violations, ...summary }));
  print(sentence(summary, seconds));
  return failed.length > 0 ? 1 : 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
