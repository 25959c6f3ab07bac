import { changePolicyOf } from "../change/assess-cancellation.ts";
import type { CompiledRelease } from "../language/compiled-release.ts";
import type { Order } from "../order/order.ts";
import type { PlannedTask } from "../order/plan.ts";
import { isMessage, isUndo } from "../order/planned-work.ts";
import { required } from "../support/defect.ts";

/**
 * What the state of an item lets begin. Of a held item nothing but taking back; of an item about whose cancellation someone
 * decides only what its policy does not freeze, and nothing irreversible; of one that is being cancelled only the undoing.
 * Asked when a task becomes ready and again when it is sent, so that a hold also stops what admission has let go already.
 */
export function mayStart(order: Order, release: CompiledRelease, planned: PlannedTask): boolean {
  const item = required(order.items.find(({ id }) => id === planned.itemId), planned.itemId);
  switch (item.state) {
    case "HELD":
      return isUndo(planned);
    case "ASSESSING_CANCELLATION": {
      const frozen = changePolicyOf(release, item)?.definition.freezeWhileDeciding !== false;
      return isMessage(planned) || isUndo(planned) || (!frozen && release.taskTypes.get(planned.type)?.definition.irreversible !== true);
    }
    case "CANCELLING":
      return isMessage(planned) || isUndo(planned);
    default:
      return true;
  }
}
