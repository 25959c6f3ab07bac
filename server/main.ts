import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { createOrderRouter } from "../examples/orders/order-router.ts";
import { createSandbox } from "../examples/sandbox/create-sandbox.ts";
import { endpointsFor } from "../examples/sandbox/endpoints-for.ts";
import { readConfig } from "./config.ts";
import { compileTexts, readDefinitionTexts } from "./load-release.ts";
import { createIdSource } from "./new-id.ts";
import { randomCallbackSecret, startServer } from "./start-server.ts";

/** Exit code of a process that was set up wrongly (sysexits EX_CONFIG). */
const EXIT_CONFIG = 78;

const configured = readConfig(process.env);
if (!configured.ok) leave(configured.problems);
const { config } = configured;
const nowMs = () => Date.now();
const log = pino({ level: config.logLevel, base: { service: "orderloom" }, redact: ["req.headers.authorization"] });

const files = await readDefinitionTexts(config.definitionsDir).catch((error: Error) => leave([`The definitions cannot be read: ${error.message}`]));
const loaded = compileTexts(files);
// Once there is a repository, its branch is what runs, whatever became of the folder.
if (!loaded.ok && !(config.definitions !== null && existsSync(config.definitions.repository))) {
  leave(loaded.diagnostics.map(({ file, path, code, message }) => `${file}${path === "" ? "" : `#${path}`} ${code} ${message}`));
}
const release = loaded.ok ? loaded.release : null;

const callbackSecrets = config.callbackSecrets ?? [randomCallbackSecret()];
const sandbox = config.sandbox ? createSandbox({ secret: callbackSecrets[0] ?? "", now: nowMs, ...(config.sandboxJournal !== null && { journalPath: config.sandboxJournal }) }) : null;
const sandboxUrl = await sandbox?.listen();
const newId = createIdSource(nowMs);
const webRoot = fileURLToPath(new URL("../dist/designer", import.meta.url));

const server = await startServer(config, {
  nowMs, newId, log, release, callbackSecrets, folder: { name: config.definitionsDir, files },
  endpoints: { ...(sandboxUrl !== undefined && endpointsFor(sandboxUrl, release === null ? undefined : [...release.targetSystems.keys()])), ...process.env },
  extraRouters: config.demo ? [createOrderRouter({ now: () => new Date(nowMs()).toISOString(), newId })] : [],
  webRoot: existsSync(webRoot) ? webRoot : null,
}).catch((error: Error) => leave([startProblem(error)]));
const active = server.release();
process.stdout.write(`Orderloom ${active === null ? "without a release" : `${active.name} (${active.digest.slice(0, 12)})`} is ready at ${server.url}${sandboxUrl === undefined ? "" : `, sandbox at ${sandboxUrl}`}\n`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    log.info({ signal }, "Stopping: no new requests, work under way ends first");
    void server.stop().then(() => sandbox?.close()).then(() => process.exit(0));
  });
}

function startProblem(error: Error & { readonly code?: string }): string {
  return error.code === "EADDRINUSE" ? `Port ${config.port} is in use. Set PORT to another one.` : `The server could not start: ${error.message}`;
}

function leave(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exit(EXIT_CONFIG);
}
