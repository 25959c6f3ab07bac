import type { Actor } from "../../engine/order/inputs.ts";
import { EVERY_REGION } from "./authorize.ts";

/** A made-up person or system of the demo, with what the real one would have. */
export interface Persona {
  /** What people call them. */
  readonly name: string;
  /** What they are in the company. */
  readonly title: string;
  readonly roles: readonly string[];
  readonly regions: readonly string[];
}

/** Everyone the demo issuer makes tokens for. `operator` runs the console, `support` shows what a region hides. */
export const PERSONAS = {
  "channel": { name: "Web shop", title: "Sales channel that submits orders", roles: ["channel"], regions: [EVERY_REGION] },
  "analyst": { name: "Anna Weber", title: "Business analyst", roles: ["analyst", "reviewer"], regions: [EVERY_REGION] },
  "reviewer": { name: "Tomasz Nowak", title: "Second analyst, who reviews", roles: ["analyst", "reviewer"], regions: [EVERY_REGION] },
  "release-manager": { name: "Mei Lin", title: "Release manager: promotes what was approved", roles: ["release-manager"], regions: [EVERY_REGION] },
  "operator": { name: "Jonas Lindqvist", title: "Operator of the console", roles: ["operator", "support"], regions: [EVERY_REGION] },
  "support": { name: "Siti Rahma", title: "Support in the regions ID and ID-JK", roles: ["support"], regions: ["ID", "ID-JK"] },
  "support-lead": { name: "Lucas Ferreira", title: "Lead of support", roles: ["support", "support-lead"], regions: [EVERY_REGION] },
  "care-agent": { name: "Ines Haddad", title: "Customer care", roles: ["care-agent"], regions: [EVERY_REGION] },
  "care-lead": { name: "Priya Nair", title: "Lead of customer care", roles: ["care-agent", "care-lead"], regions: [EVERY_REGION] },
  "fitter": { name: "Karel Dvorak", title: "Fitter on site", roles: ["fitter"], regions: [EVERY_REGION] },
  "billing-operations": { name: "Laura Fischer", title: "Billing operations", roles: ["billing-operations"], regions: [EVERY_REGION] },
  "finance-operations": { name: "Oskar Lund", title: "Finance operations", roles: ["finance-operations"], regions: [EVERY_REGION] },
  "finance-approver": { name: "Grace Okafor", title: "Finance approver", roles: ["finance-approver"], regions: [EVERY_REGION] },
  "restricted-operations": { name: "Hana Sato", title: "Restricted operations: finds out unknown outcomes", roles: ["restricted-operations"], regions: [EVERY_REGION] },
  "finance-director": { name: "Robert Klein", title: "Finance director", roles: ["finance-director", "finance-approver"], regions: [EVERY_REGION] },
  "store-manager": { name: "Elena Rossi", title: "Manager of a store", roles: ["store-manager", "fitter"], regions: [EVERY_REGION] },
  "operations-approver": { name: "David Cohen", title: "Second senior of operations, who agrees", roles: ["senior-operations", "operations-approver"], regions: [EVERY_REGION] },
  "senior-operations": { name: "Marta Silva", title: "Senior operations", roles: ["senior-operations", "operations-approver"], regions: [EVERY_REGION] },
  "auditor": { name: "Pavel Novak", title: "Auditor: reads everything, changes nothing", roles: ["auditor"], regions: [EVERY_REGION] },
  "admin": { name: "Noor Jansen", title: "Administrator of the demo", roles: ["admin"], regions: [EVERY_REGION] },
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
