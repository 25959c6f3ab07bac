/** Places for deliveries, so many per target system: one slow system never keeps another waiting. */
export interface DeliveryPools {
  /** Takes a place; false when the system has none left. */
  readonly take: (targetSystem: string) => boolean;
  /** Takes a place even beyond the limit: for what was under way when its process ended. */
  readonly force: (targetSystem: string) => void;
  readonly give: (targetSystem: string) => void;
  readonly free: (targetSystem: string) => number;
}

export function createDeliveryPools(placesPerTarget: number): DeliveryPools {
  const taken = new Map<string, number>();
  const inUse = (targetSystem: string) => taken.get(targetSystem) ?? 0;
  const pools: DeliveryPools = {
    take(targetSystem) {
      if (inUse(targetSystem) >= placesPerTarget) return false;
      pools.force(targetSystem);
      return true;
    },
    force(targetSystem) {
      taken.set(targetSystem, inUse(targetSystem) + 1);
    },
    give(targetSystem) {
      const left = inUse(targetSystem) - 1;
      if (left <= 0) taken.delete(targetSystem);
      else taken.set(targetSystem, left);
    },
    free: (targetSystem) => placesPerTarget - inUse(targetSystem),
  };
  return pools;
}
