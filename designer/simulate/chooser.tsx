import { FlaskConical } from "lucide-react";
import { useState } from "react";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import type { NewOrder } from "../../engine/order/order.ts";
import { completeOrder } from "../../engine/simulate/complete-order.ts";
import { isJsonObject, type Json } from "../../engine/support/json.ts";
import { ordersApi } from "../api/orders.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { Sample } from "./run-state.ts";

interface ChooserProps {
  readonly scenarios: readonly Scenario[];
  readonly take: (scenario: Scenario) => void;
  readonly open: (sample: Sample) => void;
}

/** Where the order to run comes from. */
export function Chooser({ scenarios, take, open }: ChooserProps) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [orderId, setOrderId] = useState("");
  const [pasted, setPasted] = useState("");
  const takeReal = async (): Promise<void> => {
    try {
      const [entry] = await ordersApi.history(orderId.trim());
      const submitted = entry?.events.find((event) => event.type === "OrderSubmitted");
      if (entry === undefined || submitted?.type !== "OrderSubmitted") throw new Error(orderId);
      open({ title: orderId.trim(), scenario: null, order: submitted.order, startAt: entry.at, script: [] });
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  const takePasted = (): void => {
    try {
      const json = JSON.parse(pasted) as Json;
      if (!isJsonObject(json) || !Array.isArray(json["items"])) throw new Error("items");
      open({ title: words.paste, scenario: null, order: completeOrder(json) satisfies NewOrder, startAt: new Date().toISOString(), script: [] });
    } catch (error) {
      setTrouble(words.notJson(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <div className="chooser">
      <h1>{words.choose}</h1>
      <p className="text-2">{words.chooseText}</p>
      {trouble === null ? null : (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <section className="card">
        <h2>{words.scenarios}</h2>
        {scenarios.length === 0 ? <p className="muted">{words.noScenarios}</p> : null}
        <ul className="choices">
          {scenarios.map((scenario) => (
            <li key={scenario.key}>
              <button type="button" onClick={() => take(scenario)} aria-label={words.openScenario(scenario.title)}>
                <FlaskConical aria-hidden="true" />
                <span>
                  <b>{scenario.title}</b>
                  <span className="text-2">{scenario.description}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{words.realOrder}</h2>
        <form
          className="line"
          onSubmit={(event) => {
            event.preventDefault();
            void takeReal();
          }}
        >
          <input className="input" aria-label={words.realOrderField} placeholder={words.realOrderField} value={orderId} onChange={(event) => setOrderId(event.currentTarget.value)} />
          <button type="submit" className="btn" disabled={orderId.trim() === ""}>
            {words.take}
          </button>
        </form>
      </section>
      <section className="card">
        <h2>{words.paste}</h2>
        <textarea className="input mono" rows={5} aria-label={words.pasteField} value={pasted} onChange={(event) => setPasted(event.currentTarget.value)} />
        <button type="button" className="btn" disabled={pasted.trim() === ""} onClick={takePasted}>
          {words.run}
        </button>
      </section>
    </div>
  );
}
