import type { OrderView } from "../../server/api/order-view.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import { ApiError } from "../api/http.ts";
import { ordersApi } from "../api/orders.ts";
import { useSession } from "../api/session.ts";
import { History } from "./history.tsx";
import { formatMoney, readable, words } from "../look/format.ts";
import { productName, stepName, useTitles } from "./names.ts";
import { Freshness, Instant, Nothing, Progress, Trouble } from "../look/parts.tsx";
import { getRouteApi } from "@tanstack/react-router";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { operate as places } from "../strings/operate.ts";
import { useRef } from "react";
import "./operate.css";
import { ORDER_LOOKS, TASK_LOOKS } from "../look/state-look.ts";
import { StateMark } from "../look/state-mark.tsx";
import { Tasks } from "./tasks.tsx";
import { usePolled } from "./use-polled.ts";

/** Reads an order again and again. Not everyone who may see an order may see its history; who may not is not asked again. */
function usePolledOrder(orderId: string) {
  const persona = useSession((session) => session.persona);
  const mayNot = useRef<string | null>(null);
  const history = async (): Promise<readonly JournalEntry[] | null> => {
    if (mayNot.current === persona) return null;
    return ordersApi.history(orderId).catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.status !== 403) throw error;
      mayNot.current = persona;
      return null;
    });
  };
  return usePolled(`${persona} ${orderId}`, async () => {
    const [view, explanation, entries] = await Promise.all([ordersApi.one(orderId), ordersApi.explain(orderId), history()]);
    return { view, explanation, history: entries };
  });
}

const route = getRouteApi("/operate/orders/$orderId");

/** One order: the sentence that says why it stands where it stands, then the evidence. */
export function OrderPage() {
  const { orderId } = route.useParams();
  const { data, error, readAt } = usePolledOrder(orderId);
  const titles = useTitles(data === null ? [] : [data.view.release.digest])(data?.view.release.digest ?? "");
  const name = data?.view.externalId ?? orderId;
  const crumbs = [{ title: places.place, to: "/operate/orders" }, { title: places.orders, to: "/operate/orders" }, { title: name }];
  if (error?.status === 404) return <Page crumbs={crumbs}><NoSuchOrder orderId={orderId} /></Page>;
  return (
    <Page crumbs={crumbs}>
     <div className="operate">
      <div className="head">
        <h1>{name}</h1>
        {data === null ? null : <span className="sub">{productName(data.view, titles)}</span>}
        <span className="push" />
        <Freshness readAt={readAt} error={error} />
      </div>
      {error === null ? null : <Trouble error={error} stale={data !== null} />}
      {data === null && error === null ? <p className="loading">Reading the order…</p> : null}
      {data === null ? null : (
        <>
          <Facts view={data.view} />
          <div className="columns">
            <div>
              <Why view={data.view} />
              <Tasks view={data.view} explanation={data.explanation} titles={titles} />
            </div>
            <div>
              <Milestones view={data.view} />
              <Billing view={data.view} />
              <Cases view={data.view} />
              <History view={data.view} entries={data.history} titles={titles} />
            </div>
          </div>
        </>
      )}
     </div>
    </Page>
  );
}

function NoSuchOrder({ orderId }: { readonly orderId: string }) {
  return (
    <section className="blank">
      <h1>There is no order {orderId}</h1>
      <p>
        Check the id, or find the order in the <Link to="/operate/orders">list of orders</Link>.
      </p>
    </section>
  );
}

function Facts({ view }: { readonly view: OrderView }) {
  return (
    <dl className="facts">
      <div>
        <dt>Customer sees</dt>
        <dd>{view.customerVisibleStatus.title}</dd>
      </div>
      <div>
        <dt>Inside</dt>
        <dd>
          <StateMark look={ORDER_LOOKS[view.internalState]} />
        </dd>
      </div>
      <div>
        <dt>Progress</dt>
        <dd>
          <Progress {...view.progress} />
        </dd>
      </div>
      <div>
        <dt>Accepted</dt>
        <dd>
          <Instant at={view.acceptedAt} />
        </dd>
      </div>
      <div>
        <dt>Completed</dt>
        <dd>
          <Instant at={view.completedAt} />
        </dd>
      </div>
      <div>
        <dt>Runs on</dt>
        <dd title={view.release.digest}>{view.release.name}</dd>
      </div>
      <div className="wide">
        <dt>Order id</dt>
        <dd className="mono trunc" title={view.productOrderId}>
          {view.productOrderId}
        </dd>
      </div>
    </dl>
  );
}

const ACTORS: { readonly [who in OrderView["waitsFor"]]: string } = {
  nobody: "Nobody",
  "target-system": "A target system",
  person: "A person",
  customer: "The customer",
  clock: "The clock",
  capacity: "Free capacity",
};

/** One sentence first; who must act and what comes next follow. */
function Why({ view }: { readonly view: OrderView }) {
  const next = view.estimatedNextAction;
  const step = view.steps.find(({ id }) => id === view.currentBlockingStep);
  const family = view.providerActionRequired || view.customerActionRequired ? "attention" : (step === undefined ? ORDER_LOOKS[view.internalState] : TASK_LOOKS[step.state]).family;
  return (
    <section className={`card why f-${family}`} aria-labelledby="why">
      <h2 id="why" className="hidden">
        Why the order is where it is
      </h2>
      <p className="sentence">{readable(view.explanation)}</p>
      {next === null ? null : (
        <dl>
          <div>
            <dt>Who must act</dt>
            <dd>{ACTORS[view.waitsFor]}</dd>
          </div>
          <div>
            <dt>Step</dt>
            <dd>{step === undefined ? <Nothing /> : stepName(step, view.steps)}</dd>
          </div>
          <div>
            <dt>Next</dt>
            <dd>{next.action === view.explanation ? <Nothing /> : readable(next.action)}</dd>
          </div>
          <div>
            <dt>When</dt>
            <dd>
              <Instant at={next.at} />
            </dd>
          </div>
        </dl>
      )}
    </section>
  );
}

function Milestones({ view }: { readonly view: OrderView }) {
  const shown = view.milestones.filter(({ outcome, key }) => outcome !== "NOT_APPLICABLE" && !key.startsWith("status.")).toSorted(byTime);
  const several = view.items.length > 1;
  return (
    <section className="card" aria-labelledby="milestones">
      <h2 id="milestones">Milestones</h2>
      {shown.length === 0 ? <p className="muted">They come with the plan.</p> : null}
      <ul className="rows">
        {shown.map(({ id, title, itemId, outcome, reachedAt, dueAt }) => (
          <li key={id}>
            <StateMark look={MILESTONE_LOOKS[outcome]} detail={several ? `${title}, item ${itemId}` : title} />
            <span className="push muted">
              {reachedAt === null ? `${words(outcome)}${dueAt === null ? "" : ", expected "}` : null}
              {reachedAt === null && dueAt === null ? null : <Instant at={reachedAt ?? dueAt} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type MilestoneView = OrderView["milestones"][number];

/** Reached ones as they were reached; the rest by when they are expected, an item's completion last. */
function byTime(left: MilestoneView, right: MilestoneView): number {
  const [first, second] = [left, right].map(({ reachedAt, dueAt, key }) => reachedAt ?? `9${dueAt ?? (key === "item-completed" ? "~" : "")}`) as [string, string];
  return first < second ? -1 : first === second ? 0 : 1;
}

const MILESTONE_LOOKS = {
  OPEN: { family: "neutral", glyph: "pending", word: "Open" },
  REACHED: { family: "done", glyph: "done", word: "Reached" },
  MISSED: { family: "failed", glyph: "failed", word: "Missed" },
  NOT_APPLICABLE: { family: "neutral", glyph: "skipped", word: "Not applicable" },
} as const;

function Billing({ view }: { readonly view: OrderView }) {
  if (view.billing.length === 0) return null;
  return (
    <section className="card" aria-labelledby="billing">
      <h2 id="billing">Billing</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Charge</th>
            <th scope="col" className="num">
              Amount
            </th>
            <th scope="col">Handed over</th>
          </tr>
        </thead>
        <tbody>
          {view.billing.map(({ step, charge, amount, currency, type, state, acknowledgedAt }) => (
            <tr key={step}>
              <th scope="row">
                {typeof charge === "string" ? charge : step} {typeof type === "string" ? <span className="muted">{words(type).toLowerCase()}</span> : null}
              </th>
              <td className="num">{formatMoney(amount, currency)}</td>
              <td>{acknowledgedAt === null ? words(state) : <Instant at={acknowledgedAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cases({ view }: { readonly view: OrderView }) {
  if (view.cases.length === 0) return null;
  return (
    <section className="card" aria-labelledby="cases">
      <h2 id="cases">Cases</h2>
      <ul className="cases">
        {view.cases.map((found) => (
          <li key={found.id} className={found.state === "OPEN" ? "f-attention" : "f-neutral"}>
            <p>
              <strong>
                {found.severity}, {found.state === "OPEN" ? "open" : "closed"}
              </strong>{" "}
              in {found.queue}, <Instant at={found.openedAt} />
            </p>
            <p>{readable(found.reason)}</p>
            <p className="muted">{found.resolution ?? `You may: ${found.repairOptions.map((option) => words(option).toLowerCase()).join(", ") || "look into it"}`}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
