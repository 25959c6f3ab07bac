import { styleNonce } from "../app/style-nonce.ts";

/**
 * Lets the text editor write its `<style>` elements under the page's content security policy: it knows nothing of nonces,
 * so each style element that is created from now on is given this page's. Imported before the editor.
 */
const create = document.createElement.bind(document);
document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
  const element = create(name, options);
  if (element instanceof HTMLStyleElement) element.nonce = styleNonce();
  return element;
};
