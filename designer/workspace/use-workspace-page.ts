import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ApiError } from "../api/http.ts";
import { releasesApi } from "../api/releases.ts";
import { usePersona } from "../api/session.ts";
import { watchProblems } from "./problems.ts";
import { openWorkspace, useWorkspace } from "./workspace.ts";

/** Whether the author's files are there yet. */
export type WorkspaceStatus = { readonly state: "loading" } | { readonly state: "ready" } | { readonly state: "failed"; readonly error: ApiError | Error };

let watching: (() => void) | null = null;

/** Opens the workspace when a page that needs it is shown, and keeps it checked from then on. */
export function useWorkspacePage(): WorkspaceStatus {
  const persona = usePersona();
  const opened = useWorkspace(({ base }) => base !== null);
  const { data, error } = useQuery({
    queryKey: ["live-release", persona?.persona],
    queryFn: async () => {
      const { active } = await releasesApi.list();
      if (active === null) throw new Error("No release is live yet.");
      return releasesApi.bundle(active);
    },
    enabled: !opened,
  });
  useEffect(() => {
    if (data === undefined || useWorkspace.getState().base !== null) return;
    openWorkspace(data);
    watching ??= watchProblems();
  }, [data]);
  if (opened) return { state: "ready" };
  return error === null ? { state: "loading" } : { state: "failed", error };
}
