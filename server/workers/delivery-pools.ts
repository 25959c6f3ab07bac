/** Places for deliveries, so many per target system: one slow system never keeps another waiting. */
export interface DeliveryPools {
  /** Takes a place; false when the system has none left. */
  readonly take: (targetSystem: string) => boolean;
  readonly give: (targetSystem: string) => void;
  readonly free: (targetSystem: string) => number;
  readonly total: () => number;
}

export function createDeliveryPools(placesPerTarget: number): DeliveryPools {
  const taken = new Map<string, number>();
  const inUse = (targetSystem: string) => taken.get(targetSystem) ?? 0;
  return {
    take(targetSystem) {
      if (inUse(targetSystem) >= placesPerTarget) return false;
      taken.set(targetSystem, inUse(targetSystem) + 1);
      return true;
    },
    give(targetSystem) {
      const left = inUse(targetSystem) - 1;
      if (left <= 0) taken.delete(targetSystem);
      else taken.set(targetSystem, left);
    },
    free: (targetSystem) => placesPerTarget - inUse(targetSystem),
    total: () => Array.from(taken.values()).reduce((sum, places) => sum + places, 0),
  };
}
