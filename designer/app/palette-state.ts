import { create } from "zustand";

interface PaletteState {
  readonly shown: "palette" | "keys" | null;
  readonly open: () => void;
  readonly openKeys: () => void;
  readonly close: () => void;
}

/** Whether the command palette or the list of keys is open. */
export const usePalette = create<PaletteState>()((set) => ({
  shown: null,
  open: () => set({ shown: "palette" }),
  openKeys: () => set({ shown: "keys" }),
  close: () => set({ shown: null }),
}));
