import { isMessage, isUndo } from "../change/assess-task.ts";
import type { Decision } from "./decision.ts";

/**
 * What the state of an item lets begin. Of a held item nothing but taking back; of an item whose cancellation is decided or under way only
 * the undoing; of one that has ended only messages. Asked when a task becomes ready and again when it is sent, so that a
 * hold also stops what admission has let go already.
 */
export function mayStart(decision: Decision, position: number): boolean {
  const planned = decision.planned(position);
  switch (decision.item(planned.itemId).state) {
    case "HELD":
      return isUndo(planned);
    case "ASSESSING_CANCELLATION":
      return isMessage(planned);
    case "CANCELLING":
      return isMessage(planned) || isUndo(planned);
    default:
      return true;
  }
}
