import type { CompiledMilestoneMap, CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { CustomerStatus, LocalizedText } from "../../engine/language/kinds.ts";
import type { OrderState } from "../../engine/order/machines.ts";
import type { Item, Order } from "../../engine/order/order.ts";

/** What a customer is told: a key of the milestone map and its title. Internal states never take this place (A8). */
export interface CustomerVisibleStatus {
  readonly key: string;
  readonly title: string;
  /** True when the customer or a person should look at it. */
  readonly attention: boolean;
}

const LANGUAGE = "en";

/** Before a plan exists there is no milestone map to ask: these few words stand for every product. */
const BEFORE_PLANNING: CustomerVisibleStatus = { key: "ORDER_RECEIVED", title: "Order received", attention: false };
const WITHOUT_PLAN: { readonly [state in OrderState]?: CustomerVisibleStatus } = {
  REJECTED: { key: "CANNOT_PROCESS", title: "We cannot process your order", attention: false },
  CANCELLED: { key: "CANCELLED", title: "Cancelled", attention: false },
};

/** The status of one item by the milestone map of its plan template. */
export function itemStatus(item: Item, release: CompiledRelease): CustomerVisibleStatus {
  return rankedStatus(item, release).status;
}

/** An order shows its least advanced item, and a status that needs attention wins. */
export function orderStatus(order: Order, release: CompiledRelease): CustomerVisibleStatus {
  const ranked = order.items.filter((item) => item.customerStatus !== null).map((item) => rankedStatus(item, release));
  if (ranked.length === 0) return WITHOUT_PLAN[order.state] ?? BEFORE_PLANNING;
  const urgent = ranked.filter(({ status }) => status.attention);
  const candidates = urgent.length > 0 ? urgent : ranked;
  return candidates.reduce((least, next) => (next.rank < least.rank ? next : least)).status;
}

interface RankedStatus {
  readonly status: CustomerVisibleStatus;
  /** 0 to 1: how far in its own map, so that items of different products compare. */
  readonly rank: number;
}

function rankedStatus(item: Item, release: CompiledRelease): RankedStatus {
  const statuses = milestoneMapOf(item, release)?.definition.statuses ?? [];
  const position = statuses.findIndex((status) => status.key === item.customerStatus);
  const found = statuses[position];
  if (found === undefined) return { status: WITHOUT_PLAN[item.state] ?? BEFORE_PLANNING, rank: 0 };
  return { status: toVisible(found), rank: statuses.length < 2 ? 1 : position / (statuses.length - 1) };
}

/** The milestone map an item's plan was made with. */
export function milestoneMapOf(item: Item, release: CompiledRelease): CompiledMilestoneMap | null {
  if (item.decomposition === null) return null;
  return release.planTemplates.get(item.decomposition.template)?.milestoneMap ?? null;
}

function toVisible(status: CustomerStatus): CustomerVisibleStatus {
  return { key: status.key, title: localized(status.title), attention: status.attention ?? false };
}

function localized(text: LocalizedText): string {
  return text[LANGUAGE] ?? Object.values(text)[0] ?? "";
}
