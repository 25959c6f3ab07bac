import type { Request, Response } from "express";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { Order } from "../../engine/order/order.ts";
import { permit } from "../identity/authenticate.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { problem } from "../problems/problem.ts";
import type { OrderReads } from "../read/order-reads.ts";
import type { ReleaseLookup } from "../read/release-lookup.ts";

/** A parameter of the path; too long or with control characters it names nothing we have. */
export function pathParameter(request: Request, name: string): string {
  const value = request.params[name];
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (typeof value !== "string" || value.length > SERVER_LIMITS.pathSegmentCharacters || /[\u0000-\u001F]/.test(value)) throw problem("not-found");
  return value;
}

/** The order the path names (`:id`), if the actor may do this to it. An order out of reach looks like one that does not exist. */
export async function findOrder(reads: OrderReads, request: Request, response: Response, action: string): Promise<Order> {
  const order = await reads.order(pathParameter(request, "id"));
  if (order === null) throw problem("not-found");
  permit(response, action, { region: order.region });
  return order;
}

/** The release an order is pinned to. It is never deleted, so its absence is a defect of ours. */
export async function pinnedRelease(releases: ReleaseLookup, order: Order): Promise<CompiledRelease> {
  const release = await releases.byDigest(order.release.digest);
  if (release === null) throw new Error(`Release ${order.release.name} of an order is missing in the database.`);
  return release;
}
