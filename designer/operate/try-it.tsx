import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { ApiError } from "../api/http.ts";
import { ordersApi } from "../api/orders.ts";
import { operate as words } from "../strings/operate.ts";

/** Submits a sample Home Fiber order, as a channel would, and goes to it. Where there is no sandbox it says what else to do. */
export function TryIt() {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    try {
      const { id } = await ordersApi.submit(await ordersApi.sample("home-fiber"));
      await navigate({ to: "/operate/orders/$orderId", params: { orderId: id } });
    } catch (error) {
      const noSandbox = error instanceof ApiError && error.status === 404;
      setTrouble(noSandbox ? words.noSamples : String(error instanceof Error ? error.message : error));
      setBusy(false);
    }
  };
  return (
    <>
      {trouble === null ? null : (
        <span className="refusal" role="alert">
          {trouble}
        </span>
      )}
      <button type="button" className="btn primary" disabled={busy} onClick={() => void submit()}>
        {busy ? words.submitting : words.trySample}
      </button>
    </>
  );
}
