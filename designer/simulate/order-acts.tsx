import { Check, CircleSlash } from "lucide-react";
import { useState } from "react";
import { ORDER_MACHINE } from "../../engine/order/machines.ts";
import type { Item } from "../../engine/order/order.ts";
import type { Act, ScriptLine } from "../../engine/simulate/script.ts";
import { isJsonObject, type Json, type JsonObject } from "../../engine/support/json.ts";
import { readValue } from "../form/value-text.ts";
import { simulate as words } from "../strings/simulate.ts";
import { ask, letCome, type Standpoint } from "./interventions.ts";
import { useRun } from "./run-state.ts";
import { ActButton } from "./task-acts.tsx";

interface OrderActsProps {
  readonly at: Standpoint;
  readonly item: Item | undefined;
  readonly act: (script: readonly ScriptLine[]) => void;
}

const REASON = "CUSTOMER_REQUEST";

/** What people can ask of the whole order, and what can come from outside. */
export function OrderActs({ at, item, act }: OrderActsProps) {
  const script = useRun(({ script }) => script);
  const { order } = at;
  const approval = order.approvals.find(({ state }) => state === "PENDING");
  const ended = ORDER_MACHINE[order.state].length === 0 ? words.not.orderOver : null;
  const asked = (wanted: Act): void => act(ask(script, at, wanted));
  const held = item?.state === "HELD";
  return (
    <section>
      {approval === undefined ? null : (
        <>
          <h3 className="list-head">{words.approvals(approval.role)}</h3>
          <div className="acts">
            <button type="button" className="btn small" onClick={() => asked({ do: "APPROVE" })}>
              <Check aria-hidden="true" />
              {words.approve}
            </button>
            <ActButton title={words.refuse} off={null} run={() => asked({ do: "REFUSE" })} />
          </div>
        </>
      )}
      <h3 className="list-head">{words.ask}</h3>
      <div className="acts">
        <button type="button" className="btn small" aria-disabled={ended === null ? undefined : true} title={ended ?? undefined} onClick={ended === null ? () => asked({ do: "CANCEL", reason: REASON }) : undefined}>
          <CircleSlash aria-hidden="true" />
          {words.cancelOrder}
        </button>
        {item === undefined ? null : <ActButton title={held ? words.resume : words.hold} off={ended} run={() => asked({ do: held ? "RESUME" : "HOLD", item: item.id })} />}
      </div>
      <Outside at={at} act={act} />
      {item === undefined || ended !== null ? null : <Amend key={`${item.id}${order.orderVersion}`} item={item} amend={(set) => asked({ do: "AMEND", item: item.id, set, reason: REASON })} />}
    </section>
  );
}

/** Milestones that somebody outside must report. */
function Outside({ at, act }: Omit<OrderActsProps, "item">) {
  const script = useRun(({ script }) => script);
  const awaited = (at.order.plan?.graph.milestones ?? []).flatMap(({ id, title, itemId, by }, position) => ("event" in by && at.order.milestones[position]?.outcome === "OPEN" ? [{ id, title, itemId, event: by.event }] : []));
  if (awaited.length === 0) return null;
  return (
    <>
      <h3 className="list-head">{words.outside}</h3>
      <div className="acts">
        {awaited.map(({ id, title, itemId, event }) => <ActButton key={id} title={title} off={null} run={() => act(letCome(script, at, event, itemId))} />)}
      </div>
    </>
  );
}

/** The item as fields; only what was changed is asked for. */
function Amend({ item, amend }: { readonly item: Item; readonly amend: (set: JsonObject) => void }) {
  const [changed, setChanged] = useState<{ readonly [path: string]: string }>({});
  const leaves = leavesOf({ requestedDate: item.requestedDate, quantity: item.quantity, appointment: item.appointment, place: item.place, characteristics: item.characteristics, qualification: item.qualification });
  const set = Object.fromEntries(leaves.flatMap(({ path, value }) => (changed[path] === undefined || changed[path] === shown(value) ? [] : [[path, typeof value === "string" ? changed[path] : readValue(changed[path])]])));
  const nothing = Object.keys(set).length === 0;
  return (
    <details>
      <summary>{words.amendOrder}</summary>
      <div className="data-form">
        {leaves.map(({ path, value }) => (
          <div key={path} className="data-field">
            <label htmlFor={`amend-${path}`} title={path}>{path.replace("characteristics.", "")}</label>
            <input id={`amend-${path}`} className="input mono" value={changed[path] ?? shown(value)} onChange={(event) => setChanged({ ...changed, [path]: event.currentTarget.value })} />
          </div>
        ))}
      </div>
      <ActButton title={words.amendOrder} off={nothing ? words.not.nothingAmended : null} run={() => amend(set)} />
    </details>
  );
}

function leavesOf(value: JsonObject, prefix = ""): readonly { readonly path: string; readonly value: Json }[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    if (isJsonObject(inner)) return leavesOf(inner, `${prefix}${name}.`);
    return inner === undefined || Array.isArray(inner) ? [] : [{ path: prefix + name, value: inner }];
  });
}

function shown(value: Json): string {
  return value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
