import { useState } from "react";
import type { Json } from "../../engine/support/json.ts";
import { form as words } from "../strings/form.ts";
import { TextBox } from "./text-box.tsx";

interface JsonTextProps {
  readonly id: string;
  readonly value: Json | undefined;
  readonly required: boolean;
  readonly commit: (value: Json | undefined) => void;
}

/** A value as JSON, kept as typed until it is JSON again. */
export function JsonText({ id, value, required, commit }: JsonTextProps) {
  const [wrong, setWrong] = useState<string | null>(null);
  const take = (text: string): void => {
    try {
      if (text.trim() !== "") commit(JSON.parse(text) as Json);
      else if (!required) commit(undefined);
      setWrong(null);
    } catch (error) {
      setWrong(words.jsonWrong(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <>
      <TextBox id={id} value={value === undefined ? "" : JSON.stringify(value, null, 2)} multiline mono commit={take} />
      {wrong === null ? null : <p className="hint f-failed">{wrong}</p>}
    </>
  );
}
