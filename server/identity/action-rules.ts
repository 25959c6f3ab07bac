/**
 * Who may do what at the edge: every action of the server and the roles that may ask for it. Deny by default: an action
 * without a rule does not exist, a role that is not listed may not. What a repair additionally needs (category, amount,
 * a second person) is authored in the release's authority table, not here.
 */
export const ACTION_RULES = {
  "order.submit": ["channel", "care-agent", "care-lead", "admin"],
  "order.read": [
    "channel", "care-agent", "care-lead", "operator", "support", "support-lead", "fitter", "billing-operations",
    "finance-operations", "finance-approver", "finance-director", "operations-approver", "restricted-operations", "senior-operations", "analyst", "release-manager", "auditor", "admin",
  ],
  "order.history": ["operator", "support", "support-lead", "care-lead", "restricted-operations", "senior-operations", "finance-operations", "analyst", "release-manager", "auditor", "admin"],
  "release.read": ["operator", "support", "support-lead", "care-lead", "restricted-operations", "senior-operations", "analyst", "reviewer", "release-manager", "finance-approver", "auditor", "admin"],
  /** Drafts of definitions and their reviews. Nobody approves or promotes what they wrote, whatever their roles: `server/promotion`. */
  "definition.read": ["operator", "analyst", "reviewer", "release-manager", "finance-approver", "auditor", "admin"],
  "definition.draft": ["analyst"],
  "definition.comment": ["analyst", "reviewer", "release-manager", "finance-approver"],
  "definition.approve": ["reviewer", "finance-approver"],
  "definition.promote": ["release-manager"],
  "definition.rollback": ["release-manager"],
  "unmatched.read": ["operator", "support", "support-lead", "restricted-operations", "senior-operations", "auditor", "admin"],
  "task.retry": ["support", "support-lead", "billing-operations", "restricted-operations", "senior-operations", "admin"],
  /** The role of the manual task is asked for in addition. */
  "task.complete": ["support", "support-lead", "fitter", "care-lead", "billing-operations", "finance-operations", "restricted-operations", "senior-operations", "admin"],
  "task.claim": ["support", "support-lead", "fitter", "care-agent", "care-lead", "billing-operations", "finance-operations", "restricted-operations", "senior-operations", "admin"],
  "manual-task.read": ["operator", "support", "support-lead", "fitter", "care-agent", "care-lead", "billing-operations", "finance-operations", "restricted-operations", "senior-operations", "auditor", "admin"],
  "case.read": ["operator", "support", "support-lead", "care-lead", "billing-operations", "finance-operations", "restricted-operations", "senior-operations", "analyst", "auditor", "admin"],
  /** What may be repaired by whom is authored in the authority table; here stand those who may ask at all. */
  "repair.request": ["support", "support-lead", "care-agent", "care-lead", "billing-operations", "finance-operations", "restricted-operations", "senior-operations"],
  "approval.read": ["operator", "support", "support-lead", "care-agent", "care-lead", "billing-operations", "finance-operations", "finance-approver", "finance-director", "operations-approver", "restricted-operations", "senior-operations", "auditor", "admin"],
  /** The role that must agree stands in the approval itself. */
  "approval.decide": ["support-lead", "care-lead", "billing-operations", "finance-operations", "finance-approver", "finance-director", "operations-approver", "restricted-operations", "senior-operations"],
  /** Whether it is possible is authored in the change policy; here stand those who may ask. */
  "order.cancel": ["channel", "care-agent", "care-lead", "admin"],
  "order.amend": ["channel", "care-agent", "care-lead", "admin"],
  "item.hold": ["care-agent", "care-lead", "support-lead", "senior-operations", "admin"],
  "item.resume": ["support", "support-lead", "care-agent", "care-lead", "senior-operations", "admin"],
  /** What a proposed release means for orders under way; previews and reports change nothing. */
  "impact.report": ["analyst", "reviewer", "release-manager", "operator", "support-lead", "senior-operations", "auditor", "admin"],
  /** Whether it is safe the engine says; who may, and who must agree, the authority table. */
  "order.migrate": ["senior-operations"],
  /** Open orders with their journals, personal data included. */
  "order.export": ["senior-operations", "auditor", "admin"],
  /** A fact from outside the commands: delivery made, access refused, first usage. */
  "event.record": ["channel", "partner", "fitter", "support", "support-lead", "care-lead", "admin"],
  /** Target systems: what goes out to them, and stopping that. */
  "target.read": ["operator", "support", "support-lead", "restricted-operations", "senior-operations", "analyst", "auditor", "admin"],
  "target.control": ["support-lead", "restricted-operations", "senior-operations", "admin"],
  "dead-letter.read": ["operator", "support", "support-lead", "restricted-operations", "senior-operations", "auditor", "admin"],
  "dead-letter.handle": ["support-lead", "restricted-operations", "senior-operations", "admin"],
  "order.stuck": ["operator", "support", "support-lead", "care-lead", "restricted-operations", "senior-operations", "auditor", "admin"],
  /** What operators did that belongs to no order. */
  "operation.read": ["operator", "support-lead", "restricted-operations", "senior-operations", "auditor", "admin"],
} as const satisfies { readonly [action: string]: readonly string[] };

export type Action = keyof typeof ACTION_RULES;

/** The rule of an action. Called when a route is made, so that a route without a rule ends the start, not a request. */
export function requireRule(action: string): Action {
  if (!Object.hasOwn(ACTION_RULES, action)) throw new Error(`The action "${action}" has no rule; add it to server/identity/action-rules.ts.`);
  return action as Action;
}
