const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

// A library under the dialogs asks for the nonce by this name.
Object.assign(window, { __webpack_nonce__: nonce });

/** The nonce this page's content security policy allows styles with; libraries that write `<style>` elements need it. */
export function styleNonce(): string {
  return nonce;
}
