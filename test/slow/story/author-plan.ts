import { begin, field, jump, PLAN, RETRY, TRIGGER, type Story } from "./story.ts";

/** Task types of the plan, by their titles; each task is added after the one before and waits for its success. */
const TASKS = ["Reserve a mobile number", "Reserve a SIM", "Activate a SIM, copy", "Verify a SIM", "Record the product", "Open charging"] as const;

/** Which task needs what another one gives. */
const DEPENDENCIES = [
  ["Reserve a mobile number", "Output: msisdn", "Activate a SIM, copy"],
  ["Reserve a SIM", "Output: iccid", "Activate a SIM, copy"],
  ["Reserve a SIM", "Output: imsi", "Activate a SIM, copy"],
  ["Activate a SIM, copy", "Output: subscriberId", "Verify a SIM"],
  ["Activate a SIM, copy", "Output: subscriberId", "Open charging"],
  ["Activate a SIM, copy", "Output: msisdn", "Open charging"],
] as const;

/** What the plan lacks once its tasks are connected, and what the author writes. */
const PROBLEMS = [
  ["\"number\"", "number", "=item.characteristics.chosenNumber"],
  ["\"simType\"", "simType", "=item.characteristics.simType"],
  ["\"status\"", "status", "ACTIVE"],
] as const;

/** A retry policy that tries longer, used by a task type of one's own. */
export async function makeRetryPolicy(story: Story): Promise<void> {
  const { page, hands } = story;
  await begin(story, "retry policy", RETRY);
  await hands.write(field(story, "/maxAttempts").getByRole("textbox"), "8");
  await page.getByText("Tries 8 times").waitFor();
  await hands.press(page.locator(".object.root > .disclosure"));
  await hands.press(field(story, "/reconcileFirst").getByRole("button", { name: "Yes", exact: true }));
}

export async function makeTaskType(story: Story): Promise<void> {
  const { page, hands } = story;
  await jump(story, "Design");
  await hands.write(page.getByRole("searchbox", { name: "Filter by name or key" }), "activate-sim");
  await hands.peek(page.getByRole("row", { name: /^Activate a SIM/ }));
  await hands.press(page.getByRole("button", { name: "Duplicate", exact: true }));
  await page.locator(".crumbs").getByText("Activate a SIM, copy").waitFor();
  await hands.press(field(story, "/retry").locator("button.pick"));
  await hands.find(RETRY);
  await field(story, "/retry").getByText(RETRY).waitFor();
}

export async function makeBillingTrigger(story: Story): Promise<void> {
  await begin(story, "billing trigger", TRIGGER);
  await field(story, "/milestone").waitFor();
}

export async function makePlan(story: Story): Promise<void> {
  const { page, hands } = story;
  await begin(story, "plan template", PLAN);
  await page.getByText("This plan has no tasks yet").waitFor();
  await hands.press(field(story, "/milestoneMap").locator("button.pick"));
  await hands.find("Mobile SIM");
  await field(story, "/milestoneMap").getByText("Mobile SIM, what the customer sees").waitFor();
  await hands.press(field(story, "/billingTriggers").getByRole("button", { name: TRIGGER, exact: true }));
  for (const title of TASKS) {
    await hands.give(page.getByRole("button", { name: "Add task", exact: true }), "n");
    await hands.find(title);
    await page.getByRole("treeitem", { name: title }).waitFor();
  }
}

export async function connectTasks(story: Story): Promise<void> {
  const { page, hands } = story;
  await jump(story, PLAN);
  for (const [from, how, to] of DEPENDENCIES) {
    await hands.choose(page.getByRole("treeitem", { name: from }));
    await hands.give(page.getByRole("button", { name: "Connect", exact: true }), "c");
    await hands.find(to);
    await page.getByRole("combobox", { name: "How does it depend?" }).waitFor();
    await hands.find(how);
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
}

/** The billing trigger waits for a milestone; the plan says which task reaches it. */
export async function addMilestone(story: Story): Promise<void> {
  const { page, hands } = story;
  await jump(story, PLAN);
  await hands.press(page.getByRole("button", { name: "Add milestone", exact: true }));
  await hands.write(field(story, "/milestones/0/key").getByRole("textbox"), "service-activated");
  const reachedBy = field(story, "/milestones/0/reachedBy");
  if (!(await reachedBy.isVisible())) await hands.press(field(story, "/milestones/0").getByRole("button", { name: /^Show / }));
  await hands.press(reachedBy.getByRole("button", { name: "Verify a SIM", exact: true }));
}

/** Each problem is found by F8, named at its field, and gone once the field is right. */
export async function fixThreeProblems(story: Story): Promise<void> {
  const { page, hands } = story;
  await jump(story, PLAN);
  await page.locator(".problem-bar").getByText("3 errors").waitFor();
  for (const [message, name, value] of PROBLEMS) {
    await page.keyboard.press("F8");
    await page.locator(".problem-bar").getByText(`The property ${message} is missing`).waitFor();
    const place = page.locator(".field:focus-within");
    await place.getByText(`The property ${message} is missing`).waitFor();
    await hands.press(place.getByRole("button", { name: "Add value", exact: true }));
    await hands.write(place.getByLabel("Name", { exact: true }), name);
    await hands.write(place.getByLabel("Value", { exact: true }), value);
    await place.getByText("is missing").waitFor({ state: "detached" });
  }
}
