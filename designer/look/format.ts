const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY_AND_TIME = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });
const MONEY_DIGITS = 2;

/** An instant as short as it stays clear: the time of day today, day and time otherwise. */
export function formatInstant(at: string): string {
  const instant = new Date(at);
  return instant.toDateString() === new Date().toDateString() ? TIME.format(instant) : DAY_AND_TIME.format(instant);
}

/** The time of day to the second. */
export function formatTime(at: string): string {
  return TIME.format(new Date(at));
}

export function formatDay(at: string): string {
  return DAY.format(new Date(at));
}

export function formatFull(at: string): string {
  return FULL.format(new Date(at));
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** A sentence of the engine with its instants written for people. */
export function readable(sentence: string): string {
  return sentence.replace(INSTANT, (at) => formatInstant(at));
}

/** `OrderReadyForFulfillment` and `READY_FOR_FULFILLMENT` as "Order ready for fulfillment" and "Ready for fulfillment". */
export function words(name: string): string {
  const spaced = name.includes("_") || name === name.toUpperCase() ? name.replaceAll("_", " ") : name.replace(/([a-z])([A-Z])/g, "$1 $2");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
}

export function formatMoney(amount: unknown, currency: unknown): string {
  const figure = typeof amount === "number" ? amount.toFixed(MONEY_DIGITS) : "";
  return `${figure} ${typeof currency === "string" ? currency : ""}`.trim();
}
