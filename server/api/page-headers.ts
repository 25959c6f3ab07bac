import type { Response } from "express";
import type { Query } from "./query.ts";

/** Total, size and neighbors of a page as headers (TMF630): `X-Total-Count`, `X-Result-Count`, `Link`. */
export function setPageHeaders(response: Response, path: string, query: Query, page: { readonly rows: number; readonly total: number }): void {
  const { offset, limit } = query.page();
  response.set("X-Total-Count", String(page.total)).set("X-Result-Count", String(page.rows));
  const link = (rel: string, to: number): string => {
    const parameters = new URLSearchParams();
    for (const [name, value] of query.entries()) parameters.set(name, value);
    parameters.set("offset", String(to));
    parameters.set("limit", String(limit));
    return `<${path}?${parameters.toString()}>; rel="${rel}"`;
  };
  const last = Math.max(0, Math.floor((page.total - 1) / limit) * limit);
  const links = [link("self", offset), link("first", 0), link("last", last)];
  if (offset + page.rows < page.total) links.push(link("next", offset + limit));
  if (offset > 0) links.push(link("prev", Math.max(0, offset - limit)));
  response.set("Link", links.join(", "));
}
