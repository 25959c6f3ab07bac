import type { Actor, InputBody } from "../order/inputs.ts";
import type { NewItem, Order } from "../order/order.ts";
import { setAt, type JsonObject } from "../support/json.ts";
import type { PersonLine, ScriptLine } from "./script.ts";

const USUAL_ROLE: { readonly [act in PersonLine["do"]]: string } = {
  CANCEL: "care-agent", AMEND: "care-agent", HOLD: "care-agent", RESUME: "care-agent", RETRY: "support", REPAIR: "support-lead", APPROVE: "", REFUSE: "",
};

/** The lines of a script that say what people do. */
export function peopleOf(script: readonly ScriptLine[]): readonly PersonLine[] {
  return script.filter((line): line is PersonLine => "do" in line);
}

/** True for a decision that is taken as soon as an approval waits. */
export function isReadyDecision(line: PersonLine): boolean {
  return line.at === undefined && line.after === undefined && line.afterEvents === undefined && (line.do === "APPROVE" || line.do === "REFUSE");
}

/** True when what a line waits for is so: its task is, or has failed, as it says, or the order has come so far. */
export function isDue(order: Order, line: PersonLine): boolean {
  if (line.afterEvents !== undefined) return order.aggregateVersion >= line.afterEvents;
  if (line.at !== undefined || line.after === undefined) return false;
  const [name = "", wanted = ""] = line.after.split(" ");
  const position = order.plan?.graph.tasks.findLastIndex(({ itemId, key }) => `${itemId}/${key}` === name) ?? -1;
  const task = order.tasks[position];
  return task !== undefined && (task.state === wanted || task.lastFailure?.code === wanted);
}

/** What a line asks of the order as it is now. */
export function askedBy(line: PersonLine, order: Order): InputBody {
  const actor = (role: string): Actor => ({ id: `simulated-${role}`, roles: [role], regions: ["*"] });
  const someone = actor(line.as ?? USUAL_ROLE[line.do]);
  switch (line.do) {
    case "CANCEL":
      return { type: "RequestCancellation", itemIds: line.items ?? null, reason: line.reason, expectedVersion: null, actor: someone };
    case "AMEND": {
      const item = order.items.find(({ id }) => id === line.item);
      const items = item === undefined ? [{ id: line.item } as NewItem] : [withValues(item, line.set)];
      return { type: "RequestAmendment", items, reason: line.reason ?? "CUSTOMER_REQUEST", expectedVersion: null, actor: someone };
    }
    case "APPROVE":
    case "REFUSE": {
      const approval = order.approvals.find(({ state }) => state === "PENDING");
      const approver: Actor = { id: "simulated-approver", roles: [line.as ?? approval?.role ?? ""], regions: ["*"] };
      return { type: "DecideApproval", approvalId: approval?.id ?? "none", approve: line.do === "APPROVE", stateHash: approval?.stateHash ?? "", reason: line.reason ?? "simulated", actor: approver };
    }
    case "HOLD":
      return { type: "HoldItem", itemId: line.item, reason: line.reason ?? "simulated", actor: someone };
    case "RESUME":
      return { type: "ResumeItem", itemId: line.item, reason: line.reason ?? "simulated", actor: someone };
    case "RETRY":
      return { type: "RetryTask", taskId: taskIdOf(order, line.task), reason: line.reason ?? "simulated", actor: someone };
    case "REPAIR": {
      const { taskId } = line.repair;
      const nothing = { taskId: null, itemId: null, reason: "", evidence: null, customerImpact: null, financialImpact: null, amount: null, values: {} };
      return { type: "RequestRepair", repair: { ...nothing, ...line.repair, taskId: taskId ? taskIdOf(order, taskId) : null }, actor: someone };
    }
  }
}

/** The newest task of a name; the name itself when there is none, for the engine to refuse. */
function taskIdOf(order: Order, name: string): string {
  return order.plan?.graph.tasks.findLast(({ itemId, key }) => `${itemId}/${key}` === name)?.id ?? name;
}

/** The item with values set at dotted paths; objects on the way are made when they are missing. */
function withValues(item: NewItem, set: JsonObject): NewItem {
  const { id, parentId, action, offering, specification, quantity, requestedDate, place, appointment, product, characteristics, charges, qualification, relationships } = item;
  const wanted: JsonObject = { id, parentId, action, offering, specification, quantity, requestedDate, place, appointment, product, characteristics, charges, qualification, relationships };
  return Object.entries(set).reduce((value, [path, leaf]) => setAt(value, path.split("."), leaf ?? null), wanted) as unknown as NewItem;
}
