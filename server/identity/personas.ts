import type { Actor } from "../../engine/order/inputs.ts";
import { EVERY_REGION } from "./authorize.ts";

/** A made-up person or system of the demo, with what the real one would have. */
export interface Persona {
  readonly title: string;
  readonly roles: readonly string[];
  readonly regions: readonly string[];
}

/** Everyone the demo issuer makes tokens for. `operator` runs the console, `support` shows what a region hides. */
export const PERSONAS = {
  "channel": { title: "Sales channel that submits orders", roles: ["channel"], regions: [EVERY_REGION] },
  "analyst": { title: "Business analyst", roles: ["analyst", "reviewer"], regions: [EVERY_REGION] },
  "reviewer": { title: "Second analyst, who reviews", roles: ["analyst", "reviewer"], regions: [EVERY_REGION] },
  "release-manager": { title: "Release manager: promotes what was approved", roles: ["release-manager"], regions: [EVERY_REGION] },
  "operator": { title: "Operator of the console", roles: ["operator", "support"], regions: [EVERY_REGION] },
  "support": { title: "Support in the regions ID and ID-JK", roles: ["support"], regions: ["ID", "ID-JK"] },
  "support-lead": { title: "Lead of support", roles: ["support", "support-lead"], regions: [EVERY_REGION] },
  "care-agent": { title: "Customer care", roles: ["care-agent"], regions: [EVERY_REGION] },
  "care-lead": { title: "Lead of customer care", roles: ["care-agent", "care-lead"], regions: [EVERY_REGION] },
  "fitter": { title: "Fitter on site", roles: ["fitter"], regions: [EVERY_REGION] },
  "billing-operations": { title: "Billing operations", roles: ["billing-operations"], regions: [EVERY_REGION] },
  "finance-operations": { title: "Finance operations", roles: ["finance-operations"], regions: [EVERY_REGION] },
  "finance-approver": { title: "Finance approver", roles: ["finance-approver"], regions: [EVERY_REGION] },
  "restricted-operations": { title: "Restricted operations: finds out unknown outcomes", roles: ["restricted-operations"], regions: [EVERY_REGION] },
  "finance-director": { title: "Finance director", roles: ["finance-director", "finance-approver"], regions: [EVERY_REGION] },
  "store-manager": { title: "Manager of a store", roles: ["store-manager", "fitter"], regions: [EVERY_REGION] },
  "operations-approver": { title: "Second senior of operations, who agrees", roles: ["senior-operations", "operations-approver"], regions: [EVERY_REGION] },
  "senior-operations": { title: "Senior operations", roles: ["senior-operations", "operations-approver"], regions: [EVERY_REGION] },
  "auditor": { title: "Auditor: reads everything, changes nothing", roles: ["auditor"], regions: [EVERY_REGION] },
  "admin": { title: "Administrator of the demo", roles: ["admin"], regions: [EVERY_REGION] },
} as const satisfies { readonly [name: string]: Persona };

export type PersonaName = keyof typeof PERSONAS;

/** True when a text names a persona. */
export function isPersonaName(name: string): name is PersonaName {
  return Object.hasOwn(PERSONAS, name);
}

/** The actor a persona is. */
export function personaActor(name: PersonaName): Actor {
  const { roles, regions } = PERSONAS[name];
  return { id: name, roles, regions };
}
