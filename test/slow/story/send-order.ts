import type { OrderView } from "../../../server/api/order-view.ts";
import { OFFERING, type Story } from "./story.ts";

/** Sends a customer's order for the new offering the way the README does, and follows it on its page until it is completed. */
export async function sendOrder({ page, url }: Story): Promise<OrderView> {
  const order = (await (await fetch(`${url}/demo/orders/mobile-sim`)).text()).replaceAll("MOBILE_POSTPAID", OFFERING);
  const taken = await fetch(`${url}/tmf-api/productOrderingManagement/v4/productOrder`, { method: "POST", headers: { "Content-Type": "application/json" }, body: order });
  const { id } = (await taken.json()) as { readonly id: string };
  await page.goto(`${url}/operate/orders/${id}`);
  await page.getByText(/^The order was completed at /).waitFor();
  return (await (await fetch(`${url}/api/orders/${id}`)).json()) as OrderView;
}
