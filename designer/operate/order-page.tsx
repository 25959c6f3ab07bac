import type { OrderView } from "../../server/api/order-view.ts";
import type { JournalEntry } from "../../engine/order/events.ts";
import { ApiError } from "../api/http.ts";
import { ordersApi } from "../api/orders.ts";
import { useSession } from "../api/session.ts";
import { History } from "./history.tsx";
import { formatMoney, readable, words } from "../look/format.ts";
import { productName, stepName, useTitles, withTables, type Titles } from "./names.ts";
import { Freshness, Instant, Nothing, Progress, Trouble } from "../look/parts.tsx";
import { getRouteApi } from "@tanstack/react-router";
import { Blank } from "../app/blank-pages.tsx";
import { Link } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { operate as texts } from "../strings/operate.ts";
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
  const crumbs = [{ title: texts.place, to: "/operate/orders" }, { title: texts.orders, to: "/operate/orders" }, { title: name }];
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
      {data === null && error === null ? <p className="loading">{texts.readingOrder}</p> : null}
      {data === null ? null : (
        <>
          <Facts view={data.view} />
          <div className="columns">
            <div>
              <Why view={data.view} titles={titles} />
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
    <Blank title={texts.noSuchOrder(orderId)}>
      <p>{texts.noSuchOrderText}</p>
      <Link to="/operate/orders">{texts.toOrders}</Link>
    </Blank>
  );
}

function Facts({ view }: { readonly view: OrderView }) {
  return (
    <dl className="facts">
      <div>
        <dt>{texts.facts.customerSees}</dt>
        <dd>{view.customerVisibleStatus.title}</dd>
      </div>
      <div>
        <dt>{texts.facts.inside}</dt>
        <dd>
          <StateMark look={ORDER_LOOKS[view.internalState]} />
        </dd>
      </div>
      <div>
        <dt>{texts.facts.progress}</dt>
        <dd>
          <Progress {...view.progress} />
        </dd>
      </div>
      <div>
        <dt>{texts.facts.accepted}</dt>
        <dd>
          <Instant at={view.acceptedAt} />
        </dd>
      </div>
      <div>
        <dt>{texts.facts.completed}</dt>
        <dd>
          <Instant at={view.completedAt} />
        </dd>
      </div>
      <div>
        <dt>{texts.facts.release}</dt>
        <dd title={view.release.digest}>{view.release.name}</dd>
      </div>
      <div className="wide">
        <dt>{texts.facts.id}</dt>
        <dd className="mono trunc" title={view.productOrderId}>
          {view.productOrderId}
        </dd>
      </div>
    </dl>
  );
}

/** One sentence first; who must act and what comes next follow. */
function Why({ view, titles }: { readonly view: OrderView; readonly titles: Titles }) {
  const next = view.estimatedNextAction;
  const step = view.steps.find(({ id }) => id === view.currentBlockingStep);
  const family = view.providerActionRequired || view.customerActionRequired ? "attention" : (step === undefined ? ORDER_LOOKS[view.internalState] : TASK_LOOKS[step.state]).family;
  return (
    <section className={`card why f-${family}`} aria-labelledby="why">
      <h2 id="why" className="hidden">
        {texts.why}
      </h2>
      <p className="sentence">{withTables(readable(view.explanation), titles)}</p>
      {next === null ? null : (
        <dl>
          <div>
            <dt>{texts.whoMustAct}</dt>
            <dd>{texts.actors[view.waitsFor]}</dd>
          </div>
          <div>
            <dt>{texts.task}</dt>
            <dd>{step === undefined ? <Nothing /> : stepName(step, view.steps)}</dd>
          </div>
          <div>
            <dt>{texts.next}</dt>
            <dd>{next.action === view.explanation ? <Nothing /> : readable(next.action)}</dd>
          </div>
          <div>
            <dt>{texts.when}</dt>
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
      <h2 id="milestones">{texts.milestones}</h2>
      {shown.length === 0 ? <p className="muted">{texts.withThePlan}</p> : null}
      <ul className="rows">
        {shown.map(({ id, title, itemId, outcome, reachedAt, dueAt }) => (
          <li key={id}>
            <StateMark look={MILESTONE_LOOKS[outcome]} detail={several ? texts.milestoneOf(title, itemId) : title} />
            <span className="push muted">
              {reachedAt !== null ? null : dueAt === null ? MILESTONE_LOOKS[outcome].word : texts.expected(MILESTONE_LOOKS[outcome].word)}{" "}
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
  OPEN: { family: "neutral", glyph: "pending", word: texts.milestoneStates.OPEN },
  REACHED: { family: "done", glyph: "done", word: texts.milestoneStates.REACHED },
  MISSED: { family: "failed", glyph: "failed", word: texts.milestoneStates.MISSED },
  NOT_APPLICABLE: { family: "neutral", glyph: "skipped", word: texts.milestoneStates.NOT_APPLICABLE },
} as const;

function Billing({ view }: { readonly view: OrderView }) {
  if (view.billing.length === 0) return null;
  return (
    <section className="card" aria-labelledby="billing">
      <h2 id="billing">{texts.billing}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.billingColumns.charge}</th>
            <th scope="col" className="num">
              {texts.billingColumns.amount}
            </th>
            <th scope="col">{texts.billingColumns.handedOver}</th>
          </tr>
        </thead>
        <tbody>
          {view.billing.map(({ step, charge, amount, currency, type, state, acknowledgedAt }) => (
            <tr key={step}>
              <th scope="row">
                {words(typeof charge === "string" ? charge : step).replaceAll("-", " ")} {typeof type === "string" ? <span className="muted">{words(type).toLowerCase()}</span> : null}
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
      <h2 id="cases">{texts.cases}</h2>
      <ul className="cases">
        {view.cases.map((found) => (
          <li key={found.id} className={found.state === "OPEN" ? "f-attention" : "f-neutral"}>
            <p>
              <strong>{texts.caseHead(found.severity, found.state === "OPEN")}</strong> {texts.inQueue(found.queue)} <Instant at={found.openedAt} />
            </p>
            <p>{readable(found.reason)}</p>
            <p className="muted">{found.resolution ?? texts.youMay(found.repairOptions.map((option) => words(option).toLowerCase()).join(", ") || texts.lookIntoIt)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
