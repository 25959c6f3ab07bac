import type { SaveResult } from "../../server/promotion/drafts.ts";
import { ApiError, bearerToken } from "../api/http.ts";
import { draftService } from "../worker/draft.ts";
import { toldFiles, type Unsaved } from "./told-files.ts";

/** Sends files into a draft, on top of the commit that was seen. Throws as `send` does. */
export async function sendDraft(name: string, head: string, changes: readonly Unsaved[]): Promise<SaveResult> {
  const token = await bearerToken();
  const { changes: numbered, telling } = toldFiles.tell(changes);
  const sent = await draftService().save(telling, { name, head, token }, numbered);
  if (sent.ok) return sent.result;
  const { message, status, code, problem } = sent.refusal;
  throw new ApiError(message, status, code, problem);
}
