/**
 * The address of a target system as the environment gives it, or one sentence that says what is wrong with it. Only http
 * and https, no user name, no query: the hosts named here are the only ones the server ever calls for a target system.
 */
export function parseEndpoint(name: string, text: string | undefined): { readonly base: URL } | { readonly problem: string; readonly code: string } {
  if (text === undefined || text.trim() === "") {
    return { code: "ENDPOINT_NOT_CONFIGURED", problem: `Set the environment variable ${name} to the address of the target system.` };
  }
  const invalid = (why: string) => ({ code: "ENDPOINT_INVALID", problem: `The environment variable ${name} ${why}.` });
  if (!URL.canParse(text)) return invalid("is not an address");
  const base = new URL(text);
  if (base.protocol !== "http:" && base.protocol !== "https:") return invalid("must begin with http:// or https://");
  if (base.username !== "" || base.password !== "") return invalid("must not carry a user name or password");
  if (base.search !== "" || base.hash !== "") return invalid("must not carry a query or fragment");
  base.pathname = base.pathname.replace(/\/+$/, "");
  return { base };
}
