import type { RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import { correlationIdOf } from "./correlation.ts";

/** One structured line per request: method, path, status, time, correlation id. No headers, no query, no body: they may hold tokens and personal data. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_request, response) => correlationIdOf(response as Response),
    autoLogging: { ignore: (request) => (request.url ?? "").startsWith("/health/") },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? "error" : "info"),
    customAttributeKeys: { reqId: "correlationId" },
    quietReqLogger: true,
    serializers: {
      req: (request: { readonly method?: string; readonly url?: string }) => ({ method: request.method, path: request.url?.split("?", 1)[0] }),
      res: (response: { readonly statusCode?: number }) => ({ status: response.statusCode }),
    },
  });
}
