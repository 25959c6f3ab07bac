import { LANGUAGE_VERSION } from "../language-version.ts";
import { isPlainObject } from "../plain-object.ts";
import type { JsonObject } from "../../support/json.ts";
import { qualificationOfferings } from "./qualification-offerings.ts";
import type { UpgradeStep } from "./upgrade-step.ts";

/** All steps, from version 1 on and without a gap; the last one leads to `LANGUAGE_VERSION`. */
export const UPGRADE_STEPS: readonly UpgradeStep[] = [qualificationOfferings];

/** True for a version this program can read. */
export function knowsLanguage(version: number): boolean {
  return Number.isInteger(version) && version >= 1 && version <= LANGUAGE_VERSION;
}

/**
 * Definitions of an older version of the language as those of today, in the same order. Contents that are no objects stay
 * what they are, for the compiler to report. `fromVersion` must be one that `knowsLanguage`.
 */
export function upgradeDefinitions(definitions: readonly unknown[], fromVersion: number): readonly unknown[] {
  const steps = UPGRADE_STEPS.slice(fromVersion - 1);
  return definitions.map((content) => (isPlainObject(content) ? steps.reduce((definition, step) => step.upgrade(definition), content as JsonObject) : content));
}
