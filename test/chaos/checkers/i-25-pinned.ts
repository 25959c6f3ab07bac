import { checker } from "./checker.ts";
import { storiesOf } from "./story.ts";

/** The client knows which release was on sale when it ordered; nobody may exchange it later. */
export const pinned = checker("I-25", "an order runs to its end on the release it was accepted under", function* (history) {
  const wanted = new Map(history.client.map((record) => [record.wanted.id, record.releaseDigest]));
  for (const { id, order, moments } of storiesOf(history)) {
    const accepted = wanted.get(id);
    const first = moments[0]?.event;
    if (accepted !== undefined && first?.type === "OrderSubmitted" && first.release.digest !== accepted) yield [id, "was accepted under another release than the one on sale"] as const;
    if (first?.type === "OrderSubmitted" && order && order.release.digest !== first.release.digest) yield [id, "is stored with another release than it was accepted under"] as const;
  }
  const digests = new Map(history.dump.orders.map(({ id, release }) => [id, release.digest]));
  for (const { orderId, firstVersion, releaseDigest } of history.dump.journal) {
    if (digests.get(orderId) !== releaseDigest) yield [orderId, `version ${firstVersion} was decided under another release`] as const;
  }
});
