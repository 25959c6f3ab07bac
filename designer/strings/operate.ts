/** Words of the operations pages. */
export const operate = {
  place: "Operate",
  orders: "Orders",
} as const;
