import type { RequestHandler, Response } from "express";
import type { Json } from "../../engine/support/json.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { problem } from "../problems/problem.ts";
import { readBodyBytes, refuseCompressed } from "./body-bytes.ts";
import { scanJson } from "./scan-json.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The one way a JSON body gets in: the bytes up to the limit (`maxBytes` for those few that may be longer), as declared and not compressed, decoded strictly as UTF-8
 * and scanned. `readBody` then gives the value to the handler.
 */
export function jsonBody(maxBytes: number = SERVER_LIMITS.bodyBytes): readonly RequestHandler[] {
  return [requireJson, parseBody(maxBytes)];
}

/** The value the guard has read. */
export function readBody(response: Response): Json {
  return (response.locals as { readonly body: Json }).body;
}

const requireJson: RequestHandler = (request, _response, next) => {
  const declared = request.headers["content-type"] ?? "";
  const [media = "", ...parameters] = declared.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length).replaceAll('"', "");
  if (media !== "application/json") throw problem("unsupported-media-type", "Send the body with Content-Type: application/json.");
  if (charset !== undefined && charset !== "utf-8") throw problem("unsupported-media-type", "Send the body in UTF-8.");
  refuseCompressed(request);
  next();
};

function parseBody(maxBytes: number): RequestHandler {
  return async (request, response, next) => {
    const scanned = scanJson(decode(await readBodyBytes(request, maxBytes)));
    if (!scanned.ok) throw problem(scanned.problem.code, scanned.problem.detail, { errors: [scanned.problem] });
    response.locals["body"] = scanned.value;
    next();
  };
}

function decode(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw problem("malformed-json", "Send the body in valid UTF-8.");
  }
}
