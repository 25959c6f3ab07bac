import { useReactFlow, useStore } from "@xyflow/react";
import { Minus, Plus } from "lucide-react";
import { Keys } from "../app/parts.tsx";
import { plan as words } from "../strings/plan.ts";

/** How near the plan is, and the ways to change that without a wheel. */
export function ZoomControls({ fit }: { readonly fit: () => void }) {
  const zoom = useStore(({ transform }) => transform[2]);
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  return (
    <div className="zoom segmented">
      <button type="button" aria-label={words.zoomOut} title={words.zoomOut} onClick={() => void zoomOut()}>
        <Minus aria-hidden="true" />
      </button>
      <button type="button" onClick={() => void zoomTo(1)} title="100 %">
        {`${Math.round(zoom * 100)} %`}
      </button>
      <button type="button" aria-label={words.zoomIn} title={words.zoomIn} onClick={() => void zoomIn()}>
        <Plus aria-hidden="true" />
      </button>
      <button type="button" onClick={fit}>
        {words.fit} <Keys keys="1" />
      </button>
    </div>
  );
}
