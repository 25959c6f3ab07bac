import { formatDay, formatFull, formatTime } from "../look/format.ts";
import { simulate as words } from "../strings/simulate.ts";
import type { Look } from "../worker/simulation-service.ts";
import { chargeName, titleOf } from "./standings.ts";

/** Milestones, charges and messages so far, each at its time. */
export function Reached({ look: { order } }: { readonly look: Look }) {
  const milestones = order.milestones.flatMap(({ id, reachedAt }) => (reachedAt === null ? [] : [{ id, title: order.plan?.graph.milestones.find((milestone) => milestone.id === id)?.title ?? id, at: reachedAt }]));
  const finished = (order.plan?.graph.tasks ?? []).flatMap((planned, position) => {
    const task = order.tasks[position];
    return task?.state === "SUCCEEDED" && task.finishedAt !== null ? [{ planned, at: task.finishedAt }] : [];
  });
  const charges = finished.flatMap(({ planned, at }) => (planned.source.by === "billing-trigger" ? [{ id: planned.id, title: chargeName(planned.source.charge), at }] : []));
  const messages = finished.flatMap(({ planned, at }) => (planned.source.by === "milestone-message" || planned.source.by === "status-message" ? [{ id: planned.id, title: titleOf(planned), at }] : []));
  const lists = [{ title: words.milestones, lines: milestones }, { title: words.billing, lines: charges }, { title: words.messages, lines: messages }];
  return (
    <>
      {lists.filter(({ lines }) => lines.length > 0).map(({ title, lines }) => (
        <section key={title}>
          <h3 className="list-head">
            {title} <span className="count">{lines.length}</span>
          </h3>
          <ul className="reached">
            {lines.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ id, title: name, at }) => (
              <li key={id}>
                <span className="trunc" title={name}>{name}</span>
                <time className="push meta nowrap" dateTime={at} title={formatFull(at)}>{`${formatDay(at)}, ${formatTime(at)}`}</time>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
