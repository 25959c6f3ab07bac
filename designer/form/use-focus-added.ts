import { useEffect, useRef, type RefObject } from "react";

interface FocusAdded {
  readonly list: RefObject<HTMLDivElement | null>;
  /** To be called when a line is being added. */
  readonly adding: () => void;
}

/** Takes whoever adds a line to a list into its first field, with what stands there selected, so that typing goes on. */
export function useFocusAdded(count: number): FocusAdded {
  const list = useRef<HTMLDivElement>(null);
  const expected = useRef(false);
  useEffect(() => {
    if (!expected.current) return;
    expected.current = false;
    const field = [...(list.current?.querySelectorAll<HTMLElement>(":scope > .line, :scope > .map-entry") ?? [])].at(-1)?.querySelector<HTMLInputElement>("input, textarea");
    field?.focus();
    field?.select();
  }, [count]);
  return {
    list,
    adding: () => {
      expected.current = true;
    },
  };
}
