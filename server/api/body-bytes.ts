import type { Request } from "express";
import { problem, Problem } from "../problems/problem.ts";

/** Reads up to the limit and not one byte further: whoever sends more is answered at once and cut off, never drained. */
export async function readBodyBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Problem ? error : problem("malformed-json", "The body ended before its announced length; send it again.");
  }
  if (size === 0) throw problem("malformed-json", "Send a value in the body.");
  return Buffer.concat(chunks);
}

/** A compressed body could unpack to anything. */
export function refuseCompressed(request: Request): void {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity") throw problem("unsupported-media-type", "Send the body without compression.");
}

function tooLarge(maxBytes: number): ReturnType<typeof problem> {
  return problem("payload-too-large", `Send at most ${maxBytes} bytes.`, { headers: { Connection: "close" } });
}
