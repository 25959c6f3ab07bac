import { Archive, BadgeCheck, Boxes, Cog, Handshake, HardHat, MessageSquareText, ReceiptText, Router, Server, Truck, UserRound, type LucideIcon } from "lucide-react";
import type { TaskCard } from "./plan-view.ts";

/** Pictures of the categories that fulfillment knows; an author's own category gets the plain one. */
const BY_CATEGORY: { readonly [category: string]: LucideIcon } = {
  PROVISIONING: Router, RESERVATION: Boxes, FIELD: HardHat, INVENTORY: Archive, LOGISTICS: Truck, BILLING: ReceiptText, COMMERCIAL: Handshake, COMMUNICATION: MessageSquareText, ENTITLEMENT: BadgeCheck,
};

/** The picture of who does a task: a person, this system itself, or the kind of work a target system does. */
export function performerIcon({ by, category }: Pick<TaskCard, "by" | "category">): LucideIcon {
  if (by === "person") return UserRound;
  if (by === "internal") return Cog;
  return (category !== null && Object.hasOwn(BY_CATEGORY, category) ? BY_CATEGORY[category] : undefined) ?? Server;
}
