import type { Order } from "../order/order.ts";
import { canonicalJson } from "../support/canonical-json.ts";
import { sha256Hex } from "../support/hash.ts";
import type { Json } from "../support/json.ts";
import type { MigrationPlan } from "./plan-migration.ts";

/** Hash of what a person looked at before a migration: it holds for this version of the order and these two releases alone. */
export function previewHash(order: Order, toDigest: string, plan: MigrationPlan): string {
  return sha256Hex(canonicalJson([order.aggregateVersion, migrationHash(order, toDigest, plan)]));
}

/** Hash of what a migration would change. An approver agrees to this: work that goes on as planned does not make it stale. */
export function migrationHash(order: Order, toDigest: string, { unaffected, blocked, differences }: MigrationPlan): string {
  return sha256Hex(canonicalJson([order.id, order.release.digest, toDigest, unaffected, blocked, differences] as unknown as Json));
}
