import { describe, expect, it } from "vitest";
import { OFFERED, refusalOf } from "../../designer/app/permissions.ts";
import { ACTION_RULES } from "../../server/identity/action-rules.ts";

const persona = (roles: readonly string[]) => ({ persona: "x", name: "X", title: "X", roles });

describe("what the designer offers to whom", () => {
  it("is what the server lets them do", () => {
    expect(OFFERED).toEqual(Object.fromEntries(Object.keys(OFFERED).map((action) => [action, ACTION_RULES[action as keyof typeof OFFERED]])));
  });

  it("is refused with a reason, and left to the server where nobody is known", () => {
    expect(refusalOf("definition.promote", persona(["analyst"]))).toContain("release manager");
    expect(refusalOf("definition.promote", persona(["release-manager"]))).toBeUndefined();
    expect(refusalOf("definition.promote", null)).toBeUndefined();
  });
});
