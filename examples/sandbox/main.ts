import { randomBytes } from "node:crypto";
import { createSandbox } from "./create-sandbox.ts";
import { readSettings } from "./read-settings.ts";

/** The sandbox as a process of its own: `node --import tsx examples/sandbox/main.ts`. */
const settings = readSettings(process.env);
if ("problem" in settings) {
  process.stderr.write(`${settings.problem}\n`);
  process.exit(78);
}
const { port, host, secret = `whsec_${randomBytes(32).toString("base64")}`, ...options } = settings;
const sandbox = createSandbox({ ...options, secret, now: () => Date.now() });
const url = await sandbox.listen(port, host);
process.stdout.write(`sandbox ready at ${url}${settings.secret === undefined ? `, callbacks signed with ${secret}` : ""}\n`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
