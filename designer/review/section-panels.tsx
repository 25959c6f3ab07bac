import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Section } from "../../server/promotion/review-desk.ts";
import type { ImpactReport } from "../../engine/impact/impact-report.ts";
import type { Checks, ScenariosReport } from "../../server/promotion/review-sections.ts";
import { Link } from "../app/link.tsx";
import { definitionPath } from "../library/definition-path.ts";
import { review as words } from "../strings/review.ts";
import { Working } from "./working.tsx";

interface SectionBoxProps<T> {
  readonly name: "checks" | "scenarios" | "impact";
  readonly section: Section<T> | undefined;
  readonly children: (result: T) => ReactNode;
}

/** A part of the page that is computed beside it: it says how far it is. */
function SectionBox<T>({ name, section, children }: SectionBoxProps<T>) {
  return (
    <section>
      <h2>{words[name]}</h2>
      {section?.state === "done" ? children(section.result) : <Working name={name} section={section} />}
    </section>
  );
}

function Verdict({ good, children }: { readonly good: boolean; readonly children: ReactNode }) {
  return (
    <p className={`verdict ${good ? "f-done" : "f-failed"}`}>
      {good ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
      <span>{children}</span>
    </p>
  );
}

/** Is it sound? */
export function ChecksPanel({ section }: { readonly section: Section<Checks> | undefined }) {
  return (
    <SectionBox name="checks" section={section}>
      {({ sound, diagnostics, changes }) => (
        <>
          <Verdict good={sound}>{sound ? words.sound(changes.length) : words.unsound}</Verdict>
          <ul className="problem-list">
            {diagnostics.slice(0, 8).map(({ severity, code, file, path, message }) => {
              const [kind = "", name = ""] = file.split("/");
              return (
                <li key={`${code}${file}${path}${message}`} className={severity === "error" ? "f-failed" : "f-attention"}>
                  {severity === "error" ? <CircleX aria-label={severity} /> : <TriangleAlert aria-label={severity} />}
                  <Link to={`${definitionPath(kind, name.replace(/\.json$/, ""))}?at=${encodeURIComponent(path)}`}>{message}</Link>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </SectionBox>
  );
}

/** Does it still do what the scenarios say? */
export function ScenariosPanel({ section }: { readonly section: Section<ScenariosReport> | undefined }) {
  return (
    <SectionBox name="scenarios" section={section}>
      {({ passed, failed, results, coverage }) => (
        <>
          <Verdict good={failed === 0}>{words.scenariosPassed(passed, passed + failed)}</Verdict>
          {results.filter((result) => !result.passed).map(({ key, title, unmet }) => (
            <div key={key} className="unmet">
              <Link to={definitionPath("scenario", key)}>{title}</Link>
              <ul>
                {unmet.slice(0, 4).map(({ pointer, message }) => (
                  <li key={`${pointer}${message}`}>{message}</li>
                ))}
              </ul>
            </div>
          ))}
          <p className="text-2">{words.coverage(coverage.percent)}</p>
          <ul className="meters">
            {coverage.groups.map(({ name, reached, total, missed }) => (
              <li key={name} title={missed.slice(0, 12).join("\n")}>
                <span>{name}</span>
                <progress value={reached} max={total} aria-label={name} />
                <span className="meta num">{`${reached} / ${total}`}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </SectionBox>
  );
}

/** What it means for orders that run: how many are untouched, could follow, or must stay, and why. */
export function ImpactPanel({ section }: { readonly section: Section<ImpactReport> | undefined }) {
  return (
    <SectionBox name="impact" section={section}>
      {({ orders, classes, rules, differences, assumptions }) => (
        <>
          <p className="kpi">{orders.toLocaleString("en")}</p>
          <div className="impact-bar" aria-hidden="true">
            {CLASSES.map(({ name, look }) => (
              <i key={name} className={look} ref={(element) => { if (element !== null) element.style.flexGrow = String(classes[name].orders); }} />
            ))}
          </div>
          <ul className="impact">
            {CLASSES.map(({ name, look }) => (
              <li key={name}>
                <i className={look} aria-hidden="true" />
                <span>{words.impactClasses[name]}</span>
                <b className="num">{classes[name].orders.toLocaleString("en")}</b>
              </li>
            ))}
            {rules.map(({ rule, orders: count, example }) => (
              <li key={rule} className="sub" title={example}>
                <span>{example}</span>
                <span className="num">{count.toLocaleString("en")}</span>
              </li>
            ))}
          </ul>
          {differences.length === 0 ? null : (
            <>
              <h3 className="list-head">{words.wouldDiffer}</h3>
              <ul className="impact">
                {differences.slice(0, 6).map(({ kind, subject, example, orders: count, assumed }) => (
                  <li key={`${kind}${subject}`} className="sub">
                    <span>{example}{assumed ? ` ${words.assumed}` : ""}</span>
                    <span className="num">{count.toLocaleString("en")}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {assumptions.slice(0, 4).map((line) => (
            <p key={line} className="meta">{line}</p>
          ))}
          <p className="text-2">{words.impactText}</p>
        </>
      )}
    </SectionBox>
  );
}

const CLASSES = [{ name: "unaffected", look: "same" }, { name: "could-adopt", look: "adopt" }, { name: "blocked", look: "stay" }] as const;
