/** What quick fixes of problems are called. */
export const fixes = {
  replaceBy: (name: string) => `Replace by ${name}`,
  create: (kind: string, key: string) => `Create ${kind} ${key}`,
  choose: (title: string) => `Choose ${title}`,
  remove: (name: string) => `Remove ${name}`,
  removeDefinition: "Remove the definition",
  removeTask: (key: string) => `Remove task ${key}`,
  removeDependency: "Remove the dependency",
  removeRow: (id: string) => `Remove row ${id}`,
  removeOtherwise: "Remove otherwise",
  addMilestone: (key: string) => `Add milestone ${key}`,
  addEvidence: "Ask for evidence",
  markPoint: "Make it a point of no return",
  inDays: (duration: string) => `Write ${duration}`,
  firstMatch: "Let the first match win",
  anotherKey: (key: string) => `Call it ${key}`,
} as const;
