import { field, jump, OFFERING, PLAN_KEY, type Story } from "./story.ts";

const TITLE = "Be patient with the subscriber register";

const ORDER = {
  externalId: "APP-1", channel: "app", region: "ID-JK", requestedDate: "2026-11-03T09:00:00.000Z", customer: { id: "C-4001", contact: { name: "Budi Santoso" } },
  billingAccount: "BA-4001", quote: { id: "Q-1", version: 1, validUntil: "2030-12-02T09:00:00.000Z" },
  items: [
    {
      id: "1", action: "ADD", offering: OFFERING, specification: "MOBILE_SIM", requestedDate: "2026-11-03T09:00:00.000Z", characteristics: { plan: "15GB", simType: "ESIM" },
      charges: [{ key: "monthly-fee", type: "RECURRING", amount: 12.5, currency: "EUR", taxRate: 11, period: "month" }],
    },
  ],
};

/** The product gets an offering, and the decision table sends its orders to the new plan. */
export async function choosePlan(story: Story): Promise<void> {
  const { page, hands } = story;
  await jump(story, "Mobile SIM, what an order must carry");
  const offerings = field(story, "/offerings");
  await hands.press(offerings.getByRole("button", { name: /^Add / }));
  await hands.write(offerings.getByRole("textbox").last(), OFFERING);
  await jump(story, "Mobile SIM, decomposition");
  const grid = page.getByRole("grid");
  await hands.press(page.getByRole("button", { name: "Add a row", exact: true }));
  await grid.getByRole("rowheader", { name: "2" }).waitFor();
  await hands.focus(grid);
  for (const key of ["Control+End", "Home"]) await page.keyboard.press(key);
  for (const cell of [OFFERING, "ADD", PLAN_KEY]) {
    await page.keyboard.press("F2");
    await page.locator(".cell-editor").waitFor();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(cell);
    await page.keyboard.press("Tab");
  }
  await grid.getByText(PLAN_KEY).waitFor();
  await page.locator(".problem-bar").getByText("No problems").waitFor();
}

export async function simulateFailure(story: Story): Promise<void> {
  const { page, hands } = story;
  await jump(story, "Simulate");
  await hands.write(page.getByRole("textbox", { name: "Order as JSON" }), JSON.stringify(ORDER));
  await hands.press(page.getByRole("button", { name: "Run it", exact: true }));
  const activate = page.getByRole("region", { name: "Timeline" }).getByRole("button", { name: /^Activate a SIM/ });
  await page.getByText(/ after acceptance$/).waitFor();
  while (!(await activate.isVisible())) await step(story);
  await hands.press(activate);
  await hands.pick(page.getByRole("combobox", { name: "Failure" }), "UNAVAILABLE (transient)");
  await hands.press(page.getByRole("button", { name: "Fail", exact: true }));
  await page.getByText("1 change of yours").waitFor();
  await hands.give(page.getByRole("button", { name: "Run to the end", exact: true }), "End");
  const events = page.getByRole("region", { name: "Events" });
  await events.getByText("OrderCompleted").waitFor();
  await events.getByText("TaskRetryScheduled").waitFor();
  await hands.press(page.getByRole("button", { name: "Save as scenario", exact: true }));
  await hands.press(page.getByRole("dialog").getByRole("button", { name: "Save into the draft", exact: true }));
  await page.locator(".crumbs").getByText("seen again").waitFor();
}

async function step({ page, hands }: Story): Promise<void> {
  const count = page.getByRole("region", { name: "Events" }).locator(".count");
  const before = await count.innerText();
  await hands.give(page.getByRole("button", { name: "Step", exact: true }), "F10");
  await count.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor();
}

export async function submit({ page, hands }: Story): Promise<void> {
  await page.getByRole("status").getByText(/^Saved /).waitFor();
  await hands.press(page.getByRole("button", { name: "Submit for review", exact: true }));
  const dialog = page.getByRole("dialog");
  await hands.write(dialog.getByRole("textbox", { name: /^Title/ }), TITLE);
  await hands.write(dialog.getByRole("textbox", { name: /^Why/ }), "The subscriber register is often busy in the evening.");
  await hands.press(dialog.getByRole("button", { name: "Submit for review", exact: true }));
  await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
}

/** Nobody approves work of one's own; the others do, in the order they come. */
export async function approve(story: Story): Promise<void> {
  const { page } = story;
  await page.getByText("You had a hand in this change, so you cannot approve it.").waitFor();
  await page.getByRole("button", { name: "Approve", exact: true, disabled: true }).waitFor();
  await page.getByText(/^(\d+) of \1 scenarios passed/).waitFor();
  for (const who of ["Second analyst, who reviews", "Finance approver"]) await approveAs(story, who);
}

async function approveAs(story: Story, who: string): Promise<void> {
  const { page, hands } = story;
  await become(story, who);
  await hands.press(page.getByRole("button", { name: "Approve", exact: true }));
  await hands.press(page.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }));
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

export async function promote(story: Story): Promise<void> {
  const { page, hands } = story;
  await become(story, "Release manager: promotes what was approved");
  await hands.press(page.getByRole("button", { name: "Promote to live", exact: true }));
  await hands.write(page.getByRole("dialog").getByRole("textbox", { name: /^Why/ }), "Approved by review and finance.");
  await hands.press(page.getByRole("dialog").getByRole("button", { name: "Promote to live", exact: true }));
  await page.locator(".change-head .badge").getByText("Live").waitFor();
}

async function become({ page, hands }: Story, who: string): Promise<void> {
  await hands.press(page.getByRole("button", { name: /^You act as/ }));
  await hands.choose(page.getByRole("menuitem", { name: who }));
  await page.getByRole("button", { name: `You act as: ${who}`, exact: true }).waitFor();
}
