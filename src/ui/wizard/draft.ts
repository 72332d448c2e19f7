import { addressCredentials } from "../../preset/path.ts";
import type { PartlyPreset } from "../../preset/salvage.ts";
import { apiVersion, kind, type PresetInput } from "../../preset/schema/preset.ts";
import { isSecretKey } from "../../preset/source/mask-secrets.ts";

/** A preset that is being written: anything may be missing or wrong still. */
export type PresetDraft = PartlyPreset;

/** Where writing begins: everything has its default, and what has none is missing. */
export const emptyDraft: PresetDraft = { apiVersion, kind, metadata: {}, spec: {} };

/** A preset as read from a file, to go on writing; the same keys, a copy of its own. */
export function draftFrom(preset: PresetInput): PresetDraft {
  return structuredClone(preset);
}

const shown = "[secret]";

/**
 * The draft as it may be seen: a preset only says where secrets are, but one typed into it by mistake is not shown and
 * not written down either.
 */
export function concealSecrets(draft: PresetDraft): PresetDraft {
  return conceal(draft, undefined) as PresetDraft;
}

function conceal(value: unknown, key: string | undefined): unknown {
  if (typeof value === "string") return isSecretKey(key) ? shown : value.replaceAll(addressCredentials, shown);
  if (Array.isArray(value)) return value.map((item) => conceal(item, undefined));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, below]) => [inner, conceal(below, inner)]));
}
