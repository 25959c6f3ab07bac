import type { ChangeAssessment, ItemAssessment, TaskAssessment } from "../../engine/change/assessment.ts";
import { changePolicyOf } from "../../engine/change/assess-cancellation.ts";
import type { CompiledRelease } from "../../engine/language/compiled-release.ts";
import type { ChangeTaskAction } from "../../engine/language/kinds.ts";
import type { Order } from "../../engine/order/order.ts";

/** What a change would do and cost, before anybody commits to it (G2, G9): for machines, and in words for customer care. */
export interface QuoteView extends ChangeAssessment {
  readonly productOrderId: string;
  readonly aggregateVersion: number;
  readonly type: "CANCEL" | "AMEND";
  readonly currency: string | null;
  /** What customer care reads out, one sentence each. */
  readonly words: readonly string[];
}

const NAMES = { CANCEL: "cancellation", AMEND: "change" } as const;

const ROUTES: { readonly [route: string]: string } = {
  CHANGE_ORDER: "Order the change as a new order.",
  CANCEL_AND_RECREATE: "Cancel the item and order it anew.",
};

/** In this order the consequences are read out: what is lost first, what stays last. */
const TOLD: readonly ChangeTaskAction[] = ["REFUSE", "COMPENSATE", "REDO", "AMEND", "WITHDRAW", "SETTLE", "STOP"];

export function quoteView(order: Order, release: CompiledRelease, type: QuoteView["type"], assessment: ChangeAssessment): QuoteView {
  const currency = currencyOf(order, release, assessment);
  return { productOrderId: order.id, aggregateVersion: order.aggregateVersion, type, currency, ...assessment, words: inWords(type, assessment, currency) };
}

function inWords(type: QuoteView["type"], { answer, reason, fee, approverRole, route, items }: ChangeAssessment, currency: string | null): readonly string[] {
  const name = NAMES[type];
  const why = reason === "" ? "" : ` ${sentence(reason)}`;
  const head =
    answer === "ACCEPT" ? `The ${name} is possible.${why}`
    : answer === "APPROVAL" ? `The ${name} needs the agreement of ${approverRole ?? "someone else"}.${why}`
    : `The ${name} is not possible.${why}`;
  return [
    head,
    ...(answer === "REFUSE" && route !== null && ROUTES[route] !== undefined ? [ROUTES[route]] : []),
    ...(answer === "REFUSE" ? [] : [fee === 0 ? "It costs nothing." : `It costs ${fee}${currency === null ? "" : ` ${currency}`}.`]),
    ...items.flatMap((item) => itemInWords(item)),
  ];
}

function itemInWords({ itemId, becauseOf, answer, reason, tasks }: ItemAssessment): readonly string[] {
  const head = becauseOf !== null ? [`Item ${itemId} is concerned because it relies on item ${becauseOf}.`] : [];
  const refused = answer === "REFUSE" && reason !== "" ? [`Item ${itemId}: ${sentence(reason)}`] : [];
  const told = TOLD.flatMap((action) => tasks.filter((task) => task.do === action));
  return [...head, ...refused, ...told.map((task) => `Item ${itemId}: ${taskInWords(task)}`)];
}

function taskInWords({ reason, undo }: TaskAssessment): string {
  if (undo === null) return sentence(reason);
  const agreement = undo.approverRole === null ? "" : `, when ${undo.approverRole} agrees`;
  const deadline = undo.deadlineAt === null ? "" : `, until ${undo.deadlineAt}`;
  return sentence(`${reason} ("${undo.title}"${agreement}${deadline})`);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The unit the change policy's table gives its fees in. */
function currencyOf(order: Order, release: CompiledRelease, { items }: ChangeAssessment): string | null {
  for (const { itemId } of items) {
    const item = order.items.find(({ id }) => id === itemId);
    const columns = item === undefined ? undefined : changePolicyOf(release, item)?.decide.definition.columns;
    for (const column of columns ?? []) if ("out" in column && column.out === "fee" && column.unit !== undefined) return column.unit;
  }
  return null;
}
