import { OrderPage } from "./order-page.tsx";
import { OrdersPage } from "./orders-page.tsx";
import { Link, useRoute, useTitle } from "./route.tsx";

/** The frame around every page, and which page the address means. */
export function App() {
  const route = useRoute();
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="bar">
        <Link to="/orders" className="brand">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 4v16M12 4v16M20 4v16M1.5 8.5h5M9.5 15.5h5M17.5 8.5h5M4 8.5c4 0 4 7 8 7s4-7 8-7" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
          </svg>
          <b>Orderloom</b>
        </Link>
        <nav aria-label="Place">
          <ol className="crumbs">
            <li>Operate</li>
            <li>
              <Link to="/orders" current={route.page === "orders"}>
                Orders
              </Link>
            </li>
          </ol>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {route.page === "orders" && <OrdersPage view={route.view} offset={route.offset} />}
        {route.page === "order" && <OrderPage key={route.orderId} orderId={route.orderId} />}
        {route.page === "unknown" && <UnknownPage path={route.path} />}
      </main>
    </>
  );
}

function UnknownPage({ path }: { readonly path: string }) {
  useTitle("Not found");
  return (
    <section className="blank">
      <h1>There is no page at {path}</h1>
      <p>
        Go to the <Link to="/orders">list of orders</Link>.
      </p>
    </section>
  );
}
