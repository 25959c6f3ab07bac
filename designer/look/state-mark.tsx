import type { ReactNode } from "react";
import type { GlyphName, StateLook } from "./state-look.ts";

/** The state glyphs: our own, drawn on 24 x 24. Details inside a filled shape take the color of the surface. */
const GLYPHS: { readonly [name in GlyphName]: ReactNode } = {
  pending: <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="4 3.07" />,
  ready: <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2" />,
  running: (
    <>
      <circle cx="12" cy="12" r="10.5" fill="currentColor" />
      <path d="M9.5 7.6v8.8l7-4.4z" className="on-glyph" />
    </>
  ),
  wait: (
    <>
      <circle cx="12" cy="12" r="9.6" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8.6 7.4h6.8L8.6 16.6h6.8z" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinejoin="round" />
    </>
  ),
  manual: (
    <>
      <rect x="2.6" y="2.6" width="18.8" height="18.8" rx="5" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="12" cy="9.8" r="2.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M7.4 17.6c.5-2.3 2.3-3.5 4.6-3.5s4.1 1.2 4.6 3.5" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  unknown: (
    <>
      <path d="M12 1.9 20.7 7v10L12 22.1 3.3 17V7z" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      <path d="M9.4 9.7a2.7 2.7 0 0 1 5.2.9c0 1.8-2.6 2.1-2.6 3.6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <circle cx="12" cy="17" r="1.25" fill="currentColor" />
    </>
  ),
  retry: (
    <>
      <path d="M12 2.4 22.3 20.6H1.7z" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      <path d="M14.9 13.1a3.3 3.3 0 1 0 .3 2.2" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
      <path d="M15.6 10.6v2.9h-2.9" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  held: (
    <>
      <rect x="2.5" y="2.5" width="19" height="19" rx="2" fill="currentColor" />
      <path d="M9.3 8v8M14.7 8v8" className="on-glyph-line" strokeWidth="2.4" strokeLinecap="round" />
    </>
  ),
  failed: (
    <>
      <path d="M7.8 1.8h8.4l6 6v8.4l-6 6H7.8l-6-6V7.8z" fill="currentColor" />
      <path d="m8.8 8.8 6.4 6.4M15.2 8.8l-6.4 6.4" className="on-glyph-line" strokeWidth="2.3" strokeLinecap="round" />
    </>
  ),
  done: (
    <>
      <circle cx="12" cy="12" r="10.5" fill="currentColor" />
      <path d="m7.4 12.4 3.1 3.1 6.2-6.7" fill="none" className="on-glyph-line" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  skipped: <path d="m6 5 9.5 7L6 19zM19 5v14" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />,
  cancelled: (
    <>
      <circle cx="12" cy="12" r="9.4" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="m5.6 5.6 12.8 12.8" stroke="currentColor" strokeWidth="2" />
    </>
  ),
};

/** A state: glyph in front of its word. The glyph says nothing the word does not, so it is hidden from screen readers. */
export function StateMark({ look, detail }: { readonly look: StateLook; readonly detail?: string }) {
  return (
    <span className={`state f-${look.family}`}>
      <Glyph name={look.glyph} />
      <span>{detail ?? look.word}</span>
    </span>
  );
}

/** A state by its glyph alone, where the word has no room; screen readers and hovering get the word. */
export function StateGlyph({ look }: { readonly look: StateLook }) {
  return (
    <span className={`glyph f-${look.family}`} role="img" aria-label={look.word} title={look.word}>
      <Glyph name={look.glyph} />
    </span>
  );
}

function Glyph({ name }: { readonly name: GlyphName }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {GLYPHS[name]}
    </svg>
  );
}
