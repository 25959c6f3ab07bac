import type { LiveDefinitions } from "../../server/api/definition-routes.ts";
import type { ChangeLine, ChangeView } from "../../server/promotion/change-view.ts";
import type { SavedFile, SaveResult } from "../../server/promotion/drafts.ts";
import type { OpenChanges } from "../../server/promotion/open-changes.ts";
import type { ReviewPage } from "../../server/promotion/review-page.ts";
import type { Activation } from "../../server/store/releases-store.ts";
import { send } from "./http.ts";

export interface DraftFiles {
  readonly head: string | null;
  readonly commit: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** One time a release began to be the one of new orders, with its name. */
export interface NamedActivation extends Activation {
  readonly name: string;
}

const draft = (name: string): string => `/api/drafts/${encodeURIComponent(name)}`;
const post = <T>(path: string, body: unknown): Promise<T> => send<T>(path, { method: "POST", body });

/** Definitions on their way from a draft to a release. */
export const draftsApi = {
  live: () => send<LiveDefinitions>("/api/definitions"),
  list: (query: string) => send<{ readonly drafts: readonly ChangeLine[]; readonly total: number }>(`/api/drafts?${query}`),
  one: (name: string) => send<ChangeView>(draft(name)),
  files: (name: string, commit?: string) => send<DraftFiles>(`${draft(name)}/files${commit === undefined ? "" : `?commit=${commit}`}`),
  openChanges: () => send<OpenChanges>("/api/open-changes"),
  rename: (name: string, title: string) => post<ChangeView>(`${draft(name)}/title`, { title }),
  update: (name: string, expectedHead: string, choices: { readonly [id: string]: "draft" | "live" }) => post<ChangeView>(`${draft(name)}/update`, { expectedHead, choices }),
  create: (name: string, title: string) => post<ChangeView>("/api/drafts", { name, title }),
  save: (name: string, expectedHead: string, files: readonly SavedFile[]) => post<SaveResult>(`${draft(name)}/files`, { expectedHead, files }),
  withdraw: (name: string, reason: string) => post<ChangeView>(`${draft(name)}/withdraw`, { reason }),
  review: (name: string) => send<ReviewPage>(`${draft(name)}/review`),
  submit: (name: string, commit: string, title: string, reason: string) => post<ChangeView>(`${draft(name)}/submit`, { commit, title, reason }),
  approve: (name: string, commit: string, reason: string) => post<ChangeView>(`${draft(name)}/approve`, { commit, reason }),
  requestChanges: (name: string, commit: string, reason: string) => post<ChangeView>(`${draft(name)}/request-changes`, { commit, reason }),
  comment: (name: string, text: string) => post<ChangeView>(`${draft(name)}/comments`, { text }),
  resolve: (name: string, number: number) => post<ChangeView>(`${draft(name)}/comments/${number}/resolve`, {}),
  promote: (name: string, commit: string, reason: string) => post<unknown>(`${draft(name)}/promote`, { commit, reason }),
  activations: () => send<{ readonly branch: string; readonly activations: readonly NamedActivation[] }>("/api/activations"),
  rollBack: (digest: string, reason: string) => post<unknown>(`/api/releases/${digest}/rollback`, { reason }),
} as const;
