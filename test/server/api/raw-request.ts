import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import type { Express } from "express";

/** Sends bytes as they are and returns everything that comes back: for requests no HTTP client would make. */
export async function rawRequest(app: Express, text: string | Buffer): Promise<string> {
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => socket.write(text));
      let received = "";
      socket.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
      socket.on("close", () => resolve(received)).on("error", reject);
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
