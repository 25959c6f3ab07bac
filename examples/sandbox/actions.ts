import type { Json, JsonObject } from "../../engine/support/json.ts";
import { drawReference } from "./draw.ts";

/** What a simulated system knows when it makes up the proof of its work. */
export interface Work {
  readonly system: string;
  readonly action: string;
  readonly request: JsonObject;
  /** When the work is done, ISO 8601. */
  readonly doneAt: string;
  /** A reference with this prefix, the same whenever this work is told about. */
  readonly reference: (prefix: string) => string;
}

interface Action {
  /** The proof the task types of this action ask for. */
  readonly evidence: (work: Work) => JsonObject;
  /** A question: it changes nothing, is answered at once and never counts as an effect. */
  readonly question?: true;
  /** Takes as long as work on site. */
  readonly onSite?: true;
  /** Event the world sends about the item some time after. */
  readonly followedBy?: string;
}

const at = (field: string) => (work: Work) => ({ [field]: work.doneAt });
const PHONE_NUMBERS_MAX = 1_000;
const DAY_MS = 86_400_000;
const SPEEDS: { readonly [profile: string]: number } = { "1G": 941.3, "500M": 472.8 };

/** By `system.action` where two systems use the same word, else by action. */
const ACTIONS: { readonly [action: string]: Action } = {
  "reserve": { evidence: (work) => ({ reservationId: work.reference("RES"), expiresAt: later(work.doneAt, 7 * DAY_MS) }) },
  "release": { evidence: (work) => ({ releasedAt: work.doneAt, disposition: "AVAILABLE" }) },
  "restock": { evidence: at("restockedAt") },
  "dispatch": { evidence: at("handedOverAt"), followedBy: "delivery-completed" },
  "book": { evidence: (work) => ({ transportId: work.reference("TRN") }) },
  "cancel": { evidence: at("cancelledAt") },
  "reserve-numbers": { evidence: (work) => ({ reservationId: work.reference("RES"), numbers: phoneNumbers(work) }) },
  "reserve-mobile-number": { evidence: (work) => ({ reservationId: work.reference("RES"), msisdn: text(work.request["number"]) ?? mobileNumber(work) }) },
  "release-number": { evidence: (work) => ({ releasedAt: work.doneAt, disposition: work.request["disposition"] === "HOLD" ? "HELD" : "QUARANTINED" }) },
  "reserve-sim": { evidence: (work) => ({ reservationId: work.reference("RES"), iccid: work.reference("ICC"), imsi: work.reference("IMS") }) },
  "activate-subscriber": { evidence: (work) => ({ subscriberId: work.reference("SUBS"), activatedAt: work.doneAt }) },
  "deactivate-subscriber": { evidence: at("deactivatedAt") },
  "verify-subscriber": { evidence: (work) => ({ verified: true, checkedAt: work.doneAt }), question: true },
  "open-charging": { evidence: (work) => ({ chargingId: work.reference("CHG"), readyAt: work.doneAt }) },
  "close-charging": { evidence: at("closedAt") },
  "create-tenant": { evidence: (work) => ({ tenantId: work.reference("TEN"), createdAt: work.doneAt }) },
  "delete-tenant": { evidence: at("deletedAt") },
  "assign-licenses": { evidence: (work) => ({ licensePoolId: work.reference("LIC"), assigned: whole(work.request["quantity"]) }) },
  "return-licenses": { evidence: at("returnedAt") },
  "configure-recording": { evidence: (work) => ({ policyId: work.reference("POL"), retentionYears: whole(work.request["retentionYears"]) }) },
  "create": { evidence: (work) => ({ serviceId: work.reference("SVC"), serviceOrderId: work.reference("SO") }) },
  "check-feasibility": { evidence: (work) => ({ feasible: true, checkedAt: work.doneAt }), question: true },
  "book-appointment": { evidence: (work) => ({ appointmentId: work.reference("APT"), start: startOf(work) }) },
  "reschedule-appointment": { evidence: (work) => ({ appointmentId: text(work.request["appointmentId"]) ?? work.reference("APT"), start: startOf(work) }) },
  "cancel-appointment": { evidence: at("cancelledAt") },
  "cancel-work": { evidence: at("cancelledAt") },
  "perform-work": {
    onSite: true,
    evidence: (work) => ({
      workOrderId: work.reference("WO"), ontSerial: work.reference("ONT"), photo: `photo:${work.reference("IMG")}`,
      signature: `signature:${work.reference("SIG")}`, completedAt: work.doneAt,
    }),
  },
  "configure": { evidence: (work) => ({ activationId: work.reference("ACT"), configuredAt: work.doneAt }) },
  "configure-router": { evidence: at("configuredAt") },
  "deactivate": { evidence: at("deactivatedAt") },
  "verify": { evidence: (work) => ({ verified: true, measuredMbps: SPEEDS[text(work.request["expected"]) ?? ""] ?? 940.1 }), question: true },
  "ship": { evidence: (work) => ({ shipmentId: work.reference("SHP"), serial: work.reference("SN"), shippedAt: work.doneAt }) },
  "return": { evidence: (work) => ({ returnId: work.reference("RET") }) },
  "start-charge": { evidence: (work) => ({ subscriptionId: work.reference("SUB"), acknowledgedAt: work.doneAt }) },
  "end-charge": { evidence: at("acknowledgedAt") },
  "grant": { evidence: (work) => ({ entitlementId: work.reference("ENT"), grantedAt: work.doneAt }) },
  "revoke": { evidence: at("revokedAt") },
  "send": { evidence: (work) => ({ messageId: work.reference("MSG"), sentAt: work.doneAt }) },
};

/** How a system performs an action. One the sandbox was never told about succeeds with the fields most proofs consist of. */
export function actionOf(system: string, action: string): Action {
  return ACTIONS[`${system}.${action}`] ?? ACTIONS[action] ?? { evidence: unknownEvidence };
}

/** `create-tenant` proves itself by `tenantId`, `createdAt`, `reference` and the instants systems like to name. */
function unknownEvidence(work: Work): JsonObject {
  const [verb = "", ...noun] = work.action.split("-");
  const subject = camel(noun.length > 0 ? noun : work.system.split("-"));
  const past = verb.endsWith("e") ? `${verb}d` : `${verb}ed`;
  const reference = work.reference(verb.slice(0, 3).toUpperCase() || "REF");
  return { reference, [`${subject}Id`]: reference, [`${past}At`]: work.doneAt, completedAt: work.doneAt, acknowledgedAt: work.doneAt };
}

/** References of one piece of work; `effectNumber` tells a second effect of the same command from the first. */
export function referenceMaker(seed: string, system: string, action: string, key: string, effectNumber: number) {
  return (prefix: string): string => drawReference(prefix, seed, system, action, key, effectNumber, prefix);
}

function startOf(work: Work): string {
  const slot = text(work.request["slot"])?.split("/")[0] ?? "";
  const ms = /^\d{4}-\d{2}-\d{2}T/.test(slot) ? Date.parse(slot) : Number.NaN;
  return Number.isNaN(ms) ? later(work.doneAt, 2 * DAY_MS) : new Date(ms).toISOString();
}

function later(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

function text(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function whole(value: Json | undefined): number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 1;
}

/** A block of numbers in a row, as many as asked for. */
function phoneNumbers(work: Work): string[] {
  const first = 622_150_000_000 + Number.parseInt(work.reference("TEL").slice(-4), 16) * 1_000;
  return Array.from({ length: Math.min(whole(work.request["quantity"]), PHONE_NUMBERS_MAX) }, (_, index) => `+${first + index}`);
}

function mobileNumber(work: Work): string {
  return `+${628_110_000_000 + Number.parseInt(work.reference("TEL").slice(-6), 16)}`;
}

function camel(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}
