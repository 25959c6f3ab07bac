import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";

/** Where the focus was before the first of several dialogs that follow one another. */
let outside: Element | null = null;

/** A dialog over the page, there as long as it is rendered: it takes the focus, and gives it back to where it was. */
export function Dialog(props: Omit<ModalProps, "opened">) {
  const [before] = useState(() => {
    const focused = document.activeElement;
    if (focused !== null && focused.closest("[role=dialog]") === null) outside = focused;
    return outside;
  });
  useEffect(
    () => () => {
      if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
  return <Modal opened returnFocus={false} {...props} />;
}
