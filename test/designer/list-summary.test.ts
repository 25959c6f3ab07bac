import { describe, expect, it } from "vitest";
import { schemaAt } from "../../designer/form/place.ts";
import { summaryOf } from "../../designer/form/summary-of.ts";
import type { FormContext } from "../../designer/form/form-context.ts";
import type { Kind } from "../../engine/language/kinds.ts";
import type { Json } from "../../engine/support/json.ts";

const TYPES: { readonly [key: string]: object } = { success: { key: "success", title: "Success", binds: "task" }, output: { key: "output", title: "Output", binds: "task" }, milestone: { key: "milestone", title: "Milestone", binds: "milestone" } };
const context = {
  find: ((_: Kind, key: string | undefined) => TYPES[key ?? ""]) as FormContext["find"],
  all: (kind: Kind) => (kind === "task-type" ? [{ key: "reserve-resource", title: "Reserve a resource", version: 1, standing: "live" as const }] : []),
  names: (what: string) => (what === "task" ? [{ key: "create-service", title: "Create the service" }] : what === "milestone" ? [{ key: "installed", title: "Installed" }] : []),
};
const line = (kind: Kind, list: string, value: Json) => summaryOf(value, schemaAt(kind, list) ?? {}, context);

describe("an element of a list as one line", () => {
  it("a dependency says what it waits for, how, and is drawn as on the canvas", () => {
    expect(line("plan-template", "/tasks/0/dependsOn", { type: "success", task: "create-service" })).toEqual({ title: "Create the service", detail: "Success", look: "finish" });
    expect(line("plan-template", "/tasks/0/dependsOn", { type: "output", task: "create-service", with: { output: "serviceId" } })).toEqual({ title: "Create the service", detail: "serviceId", look: "data" });
    expect(line("plan-template", "/tasks/0/dependsOn", { type: "milestone", milestone: "installed" })).toEqual({ title: "Installed", detail: "Milestone", look: "milestone" });
  });

  it("a dependency on something that is gone says its key, so that it can be found and corrected", () => {
    expect(line("plan-template", "/tasks/0/dependsOn", { type: "success", task: "gone" }).title).toBe("gone");
  });

  it("names of other definitions are their titles", () => {
    expect(line("plan-template", "/tasks", { key: "reserve", title: "Reserve", type: "reserve-resource" })).toEqual({ title: "Reserve", detail: "Reserve a resource", look: null });
  });

  it("an element without a title is called by what tells it apart, in words", () => {
    expect(line("timeout-policy", "/steps", { after: "PT2M", do: "MARK_OUTCOME_UNKNOWN" })).toEqual({ title: "Mark outcome unknown", detail: "after 2 min", look: null });
    expect(line("task-type", "/locks", { scope: "service-location", key: "=item.place.id" }).title).toBe("Service location · =item.place.id");
    expect(line("plan-template", "/milestones", { key: "installed", reachedBy: ["create-service"] })).toEqual({ title: "Installed", detail: "Create the service", look: null });
  });

  it("texts in several languages are shown in English", () => {
    expect(line("milestone-map", "/statuses", { key: "ACTIVE", title: { en: "Active", de: "Aktiv" } }).title).toBe("Active");
  });

  it("an element that is not filled in yet says so", () => {
    expect(line("plan-template", "/tasks/0/dependsOn", {}).title).not.toBe("");
    expect(line("timeout-policy", "/steps", {}).title).toBe("Not filled in");
  });
});
