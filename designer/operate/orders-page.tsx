import { readable } from "../look/format.ts";
import type { OrderLine } from "../../server/api/order-line.ts";
import { loadOrders, PAGE_SIZE, VIEWS } from "./load-orders.ts";
import { productName, useTitles, type Titles } from "./names.ts";
import { Freshness, Instant, Nothing, Progress, Trouble } from "../look/parts.tsx";
import { getRouteApi } from "@tanstack/react-router";
import { Blank } from "../app/blank-pages.tsx";
import { Link, orderPath } from "../app/link.tsx";
import { Page } from "../app/page.tsx";
import { operate as words } from "../strings/operate.ts";
import "./operate.css";
import { ORDER_LOOKS, STOPPED_LOOK, TASK_LOOKS, type StateLook } from "../look/state-look.ts";
import { StateMark } from "../look/state-mark.tsx";
import { TryIt } from "./try-it.tsx";
import { usePolled } from "./use-polled.ts";

const route = getRouteApi("/operate/orders");

/** All orders, newest first: what each is, how far it is, and why it is not further. */
export function OrdersPage() {
  const { view = "all", offset = 0 } = route.useSearch();
  const { data, error, readAt } = usePolled(`${view} ${offset}`, () => loadOrders(view, offset));
  const titles = useTitles(data?.orders.map(({ release }) => release.digest) ?? []);
  return (
    <Page crumbs={[{ title: words.place, to: "/operate/orders" }, { title: words.orders }]} action={<TryIt />}>
     <div className="operate">
      <div className="head">
        <h1>{words.orders}</h1>
        {data === null ? null : <span className="count">{data.total}</span>}
        <span className="push" />
        <Freshness readAt={readAt} error={error} />
      </div>
      <nav className="tabs" aria-label={words.views}>
        {VIEWS.map(({ key }) => (
          <Link key={key} to={key === "all" ? "/operate/orders" : `/operate/orders?view=${key}`} current={key === view}>
            {words.viewNames[key]}
          </Link>
        ))}
      </nav>
      {error === null ? null : <Trouble error={error} stale={data !== null} />}
      {data === null && error === null ? <p className="loading">{words.readingOrders}</p> : null}
      {data !== null && data.total === 0 ? <NoOrders view={view} /> : null}
      {data !== null && data.total > 0 ? (
        <>
          <OrdersTable orders={data.orders} titles={titles} />
          <Pages view={view} offset={offset} shown={data.orders.length} total={data.total} />
        </>
      ) : null}
     </div>
    </Page>
  );
}

function OrdersTable({ orders, titles }: { readonly orders: readonly OrderLine[]; readonly titles: (digest: string) => Titles }) {
  return (
    <table className="orders">
      <caption className="hidden">{words.ordersTable}</caption>
      <thead>
        <tr>
          <th scope="col">{words.columns.order}</th>
          <th scope="col">{words.columns.product}</th>
          <th scope="col">{words.columns.state}</th>
          <th scope="col">{words.columns.customerSees}</th>
          <th scope="col">{words.columns.progress}</th>
          <th scope="col">{words.columns.why}</th>
          <th scope="col">{words.columns.accepted}</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow key={order.productOrderId} line={order} titles={titles(order.release.digest)} />
        ))}
      </tbody>
    </table>
  );
}

function OrderRow({ line, titles }: { readonly line: OrderLine; readonly titles: Titles }) {
  const product = productName(line, titles);
  const why = line.internalState === "COMPLETED" ? null : readable(line.explanation);
  return (
    <tr>
      <th scope="row">
        <Link to={orderPath(line.productOrderId)}>{line.externalId ?? line.productOrderId}</Link>
        {line.externalId === null ? null : (
          <span className="mono muted trunc" title={line.productOrderId}>
            {line.productOrderId}
          </span>
        )}
      </th>
      <td className="trunc" title={product}>
        {product}
      </td>
      <td>
        <StateMark look={lookOf(line)} />
      </td>
      <td className="trunc" title={line.customerVisibleStatus.title}>
        {line.customerVisibleStatus.title}
      </td>
      <td>
        <Progress {...line.progress} />
      </td>
      <td>
        {why === null ? (
          <Nothing />
        ) : (
          <span className="two-lines" title={why}>
            {why}
          </span>
        )}
      </td>
      <td className="nowrap">
        <Instant at={line.acceptedAt} />
      </td>
    </tr>
  );
}

/** What an operator must see first: a case, then the step the order hangs on, then its state. */
function lookOf({ internalState, providerActionRequired, currentBlockingStepState }: OrderLine): StateLook {
  if (internalState !== "IN_PROGRESS") return ORDER_LOOKS[internalState];
  if (providerActionRequired) return STOPPED_LOOK;
  return currentBlockingStepState === null || currentBlockingStepState === "PENDING" ? ORDER_LOOKS.IN_PROGRESS : TASK_LOOKS[currentBlockingStepState];
}

function NoOrders({ view }: { readonly view: string }) {
  if (view !== "all") {
    return (
      <Blank title={words.noneHere}>
        <p>{words.noneHereText}</p>
        <Link to="/operate/orders">{words.showAll}</Link>
      </Blank>
    );
  }
  return (
    <Blank title={words.noneYet}>
      <p>{words.noneYetText}</p>
      <pre>{words.sampleCommand}</pre>
    </Blank>
  );
}

function Pages({ view, offset, shown, total }: { readonly view: string; readonly offset: number; readonly shown: number; readonly total: number }) {
  const to = (start: number): string => `/operate/orders?view=${view}&offset=${start}`;
  return (
    <nav className="pages" aria-label={words.pages}>
      <span>{words.rows(offset + 1, offset + shown, total)}</span>
      {offset > 0 ? <Link to={to(Math.max(0, offset - PAGE_SIZE))}>{words.newer}</Link> : null}
      {offset + shown < total ? <Link to={to(offset + PAGE_SIZE)}>{words.older}</Link> : null}
    </nav>
  );
}
