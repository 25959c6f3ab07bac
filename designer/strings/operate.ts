/** Words of the operations pages. */
export const operate = {
  place: "Operate",
  orders: "Orders",
  history: "History",
  historyNotForYou: "You may see this order, but its history is for operations, analysts, release managers and auditors.",
} as const;
