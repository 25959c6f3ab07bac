import type { ReleaseBundle } from "../../engine/language/release-bundle.ts";
import type { OpenOrder } from "../impact/assess-orders.ts";
import { asked, connect, SERVER_OPTIONS } from "./connect.ts";
import { parseArguments } from "./parse-arguments.ts";
import type { ExportLine } from "./exported-orders.ts";
import type { Terminal } from "./terminal.ts";

interface Page {
  readonly orders: readonly OpenOrder[];
  readonly next: string | null;
}

/** `orderloom export-orders`: prints all open orders with their journals and releases, one a line, for use without a server. */
export async function exportOrdersCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, { values: SERVER_OPTIONS, flags: [], positionals: { atLeast: 0, atMost: 0, missing: "" } });
  const client = await connect(parsed, terminal);
  const print = (line: ExportLine) => terminal.print(JSON.stringify(line));
  const known = new Set<string>();
  let count = 0;
  for (let after: string | null = ""; after !== null; ) {
    const page: Page = (await asked(client.get(`/api/open-orders${after === "" ? "" : `?after=${encodeURIComponent(after)}`}`))) as Page;
    for (const { order, journal } of page.orders) {
      for (const { releaseDigest } of [{ releaseDigest: order.release.digest }, ...journal]) {
        if (known.has(releaseDigest)) continue;
        known.add(releaseDigest);
        print({ release: (await asked(client.get(`/api/releases/${releaseDigest}`))) as ReleaseBundle });
      }
      print({ journal });
    }
    count += page.orders.length;
    after = page.next;
  }
  terminal.complain(`${count} open orders with personal data: keep the file as carefully as the database.`);
  return 0;
}
