import { isAbsolute, relative, resolve } from "node:path";
import { isUrl } from "./locations.ts";
import type { PartlyPreset } from "./salvage.ts";

/** The keys whose texts are paths that count from the folder of the preset. */
const pathKeys = new Set(["keyFile", "file", "location", "path", "signingKey"]);

/** The same preset for another folder: relative paths are spelled so that they lead to the same files as before. */
export function moveReferences(preset: PartlyPreset, from: string, to: string): PartlyPreset {
  const moved = (text: string) => {
    if (text === "" || isUrl(text) || isAbsolute(text) || /^~(\/|$)/.test(text)) return text;
    const path = relative(to, resolve(from, text));
    return path.startsWith(".") ? path : `./${path}`;
  };
  const visit = (value: unknown, key: string | undefined): unknown => {
    if (typeof value === "string") return key !== undefined && pathKeys.has(key) ? moved(value) : value;
    if (Array.isArray(value)) return value.map((item) => visit(item, undefined));
    if (typeof value !== "object" || value === null || key === "labels") return value;
    return Object.fromEntries(Object.entries(value).map(([inner, below]) => [inner, visit(below, inner)]));
  };
  return resolve(from) === resolve(to) ? preset : { ...preset, spec: visit(preset.spec, "spec") as typeof preset.spec };
}
