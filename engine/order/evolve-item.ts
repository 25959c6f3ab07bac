import { Defect } from "../support/defect.ts";
import type { EventOf } from "./events.ts";
import { ITEM_MACHINE, mayMove, type ItemState } from "./machines.ts";
import type { Item, Order } from "./order.ts";

type ItemEvent = EventOf<"ItemHeld" | "ItemResumed" | "ItemDeadlinePassed" | "ItemCompleted" | "ItemFailed" | "ItemCancellationAssessed" | "ItemCancellationStarted" | "ItemCancellationDropped" | "ItemCancelled" | "CustomerStatusChanged">;

/** The part of `evolve` that concerns one item. */
export function evolveItem(order: Order, event: ItemEvent): Order {
  const position = order.items.findIndex((item) => item.id === event.itemId);
  const item = order.items[position];
  if (!item) throw new Defect(`Order ${order.id} has no item ${event.itemId}`);
  return { ...order, items: order.items.with(position, applyToItem(item, event)) };
}

function applyToItem(item: Item, event: ItemEvent): Item {
  switch (event.type) {
    case "ItemHeld":
      return { ...moveItem(item, "HELD"), holdCause: event.cause, holdReason: event.reason ?? null };
    case "ItemResumed":
      return { ...moveItem(item, "IN_PROGRESS"), holdCause: null, holdReason: null };
    case "ItemDeadlinePassed":
      return { ...item, deadlinePassed: true };
    case "ItemCompleted":
      return { ...moveItem(item, "COMPLETED"), completedAt: event.at };
    case "ItemFailed":
      return { ...moveItem(item, "FAILED"), completedAt: event.at };
    // What it is held for is kept: if nobody agrees to the cancellation, it is held for that again.
    case "ItemCancellationAssessed":
      return moveItem(item, "ASSESSING_CANCELLATION");
    case "ItemCancellationStarted":
      return { ...moveItem(item, "CANCELLING"), holdCause: null, holdReason: null };
    case "ItemCancellationDropped":
      return moveItem(item, item.holdCause === null ? "IN_PROGRESS" : "HELD");
    case "ItemCancelled":
      return { ...moveItem(item, "CANCELLED"), completedAt: event.at };
    case "CustomerStatusChanged":
      return { ...item, customerStatus: event.status };
  }
}

function moveItem(item: Item, to: ItemState): Item {
  if (!mayMove(ITEM_MACHINE, item.state, to)) throw new Defect(`Item ${item.id} may not go from ${item.state} to ${to}`);
  return { ...item, state: to };
}
