/** Why somebody is not offered something. */
export const permissions = {
  "definition.draft": "Definitions are changed by business analysts; you are here to look.",
  "definition.comment": "Comments are written by analysts, reviewers and release managers.",
  "definition.approve": "Changes are approved by reviewers and finance approvers.",
  "definition.promote": "What was approved is promoted by a release manager.",
  "definition.rollback": "Releases are rolled back by a release manager.",
} as const;
