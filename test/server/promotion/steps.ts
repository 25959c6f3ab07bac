import { expect } from "vitest";
import { changed, type PromotionStand } from "./promotion-stand.ts";

export const POLICY = "retry-policy/standard.json";
export const TIMEOUT = "timeout-policy/patient.json";

/** A draft of the analyst with one saved change; its head. */
export async function draftWith(stand: PromotionStand, name: string, title: string, path = POLICY): Promise<string> {
  const begun = await stand.post("/api/drafts", { name, title }, "analyst");
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  return saved(stand, name, begun.body["head"] as string, (definition) => (definition["title"] = title), path);
}

export async function saved(stand: PromotionStand, name: string, expectedHead: string, change: (definition: { [member: string]: unknown }) => void, path = POLICY): Promise<string> {
  const reply = await stand.post(`/api/drafts/${name}/files`, { expectedHead, files: [changed(path, change)] }, "analyst");
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body["head"] as string;
}

export async function submitted(stand: PromotionStand, name: string, commit: string): Promise<void> {
  const reply = await stand.post(`/api/drafts/${name}/submit`, { commit, title: `Title of ${name}`, reason: "Customers asked" }, "analyst");
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
}

export async function approved(stand: PromotionStand, name: string, commit: string): Promise<void> {
  await submitted(stand, name, commit);
  const reply = await stand.post(`/api/drafts/${name}/approve`, { commit, reason: "Looks right" }, "reviewer");
  expect(reply.body).toMatchObject({ state: "APPROVED" });
}

export async function promoted(stand: PromotionStand, name: string, commit: string): Promise<string> {
  await approved(stand, name, commit);
  const reply = await stand.post(`/api/drafts/${name}/promote`, { commit, reason: "Go" }, "release-manager");
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body["digest"] as string;
}
