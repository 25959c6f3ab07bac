/** Why no plan could be made; becomes a fallout case, never a silent rejection (B11). */
export interface PlanProblem {
  readonly code: "DECOMPOSITION_MISSING" | "DECOMPOSITION_NO_ROW" | "DECOMPOSITION_CONFLICT" | "TEMPLATE_UNKNOWN" | "PLAN_CYCLE" | "MILESTONE_INSTANT_MISSING";
  readonly itemId: string | null;
  readonly message: string;
}
