/** Names every object inherits, and `prototype`: as property, characteristic or id they would meet the prototype instead of data. */
const RESERVED: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), "prototype"]);

/** True for a name that callers may not use as a property, an id or the name of a characteristic. */
export function isReservedName(name: string): boolean {
  return RESERVED.has(name);
}
