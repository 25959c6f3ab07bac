import { FlaskConical } from "lucide-react";
import { useState } from "react";
import type { Scenario } from "../../engine/language/scenario-kinds.ts";
import { ordersApi } from "../api/orders.ts";
import type { Lookup } from "../plan/plan-view.ts";
import { simulate as words } from "../strings/simulate.ts";
import { OwnOrder } from "./own-order.tsx";
import type { Sample } from "./run-state.ts";

interface ChooserProps {
  readonly scenarios: readonly Scenario[];
  readonly find: Lookup;
  readonly take: (scenario: Scenario) => void;
  readonly open: (sample: Sample) => void;
}

/** Where the order to run comes from. */
export function Chooser({ scenarios, find, take, open }: ChooserProps) {
  const [sought, setSought] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const [orderId, setOrderId] = useState("");
  const takeReal = async (): Promise<void> => {
    try {
      const [entry] = await ordersApi.history(orderId.trim());
      const submitted = entry?.events.find((event) => event.type === "OrderSubmitted");
      if (entry === undefined || submitted?.type !== "OrderSubmitted") throw new Error(words.noSuchOrder(orderId));
      open({ id: `order/${orderId.trim()}`, title: orderId.trim(), scenario: null, order: submitted.order, startAt: entry.at, script: [{ pace: "USUAL" }] });
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  const groups = groupsOf(scenarios.filter(({ title, description }) => `${title} ${description}`.toLowerCase().includes(sought.trim().toLowerCase())), find);
  return (
    <div className="chooser">
      <h1>{words.choose}</h1>
      <p className="text-2">{words.chooseText}</p>
      {trouble === null ? null : (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <div className="chooser-columns">
        <section className="card">
          <header className="line">
            <h2>{words.scenarios}</h2>
            <input className="input push" type="search" aria-label={words.search} placeholder={words.search} value={sought} onChange={(event) => setSought(event.currentTarget.value)} />
          </header>
          {scenarios.length === 0 ? <p className="muted">{words.noScenarios}</p> : null}
          {scenarios.length > 0 && groups.length === 0 ? <p className="muted">{words.noneFound}</p> : null}
          {groups.map(({ title, all }) => (
            <div key={title} role="group" aria-label={title}>
              <h3 className="list-head">
                {title} <span className="count">{all.length}</span>
              </h3>
              <ul className="choices">
                {all.map((scenario) => (
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
            </div>
          ))}
        </section>
        <div className="chooser-own">
          <section className="card">
            <h2>{words.realOrder}</h2>
            <p className="text-2">{words.realOrderText}</p>
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
          <OwnOrder open={open} />
        </div>
      </div>
    </div>
  );
}

/** Scenarios by the plan their order leads to, those that bring the order first. */
function groupsOf(scenarios: readonly Scenario[], find: Lookup): readonly { readonly title: string; readonly all: readonly Scenario[] }[] {
  const groups = new Map<string, Scenario[]>();
  for (const scenario of scenarios) {
    const base = scenario.extends ?? scenario.key;
    const title = find("plan-template", base)?.title ?? find("scenario", base)?.title ?? base;
    groups.set(title, [...(groups.get(title) ?? []), scenario]);
  }
  return [...groups].map(([title, all]) => ({ title, all: all.toSorted((a, b) => Number(a.extends !== undefined) - Number(b.extends !== undefined)) })).toSorted((a, b) => a.title.localeCompare(b.title, "en"));
}
