const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

/** The nonce this page's content security policy allows styles with; libraries that write `<style>` elements need it. */
export function styleNonce(): string {
  return nonce;
}
