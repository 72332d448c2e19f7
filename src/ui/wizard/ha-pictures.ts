import type { Preset } from "../../preset/schema/preset.ts";

export type HaModeName = Preset["spec"]["ha"]["mode"];

export interface HaPicture {
  readonly title: string;
  readonly summary: string;
  readonly lines: readonly string[];
  readonly consequences: readonly string[];
}

/** What each HA mode looks like; every sign has a twin in ASCII. */
export const haPictures: Readonly<Record<HaModeName, HaPicture>> = {
  single: {
    title: "One control plane",
    summary: "the simplest; no spare for the API",
    lines: [
      "   you ──▶ API :6443",
      "    ┌───────┴───────┐",
      "    │ control plane │ etcd",
      "    └───────┬───────┘",
      "   ┌────────┼────────┐",
      " worker   worker   worker",
    ],
    consequences: [
      "When the control plane is away, pods go on but nothing can be changed.",
      "Back up etcd: it exists once.",
    ],
  },
};

const inAscii: Readonly<Record<string, string>> = {
  "─": "-",
  "│": "|",
  "┌": "+",
  "┐": "+",
  "└": "+",
  "┘": "+",
  "├": "+",
  "┤": "+",
  "┬": "+",
  "┴": "+",
  "┼": "+",
  "▶": ">",
  "▼": "v",
};

/** The same picture, as wide and as high, for terminals that show nothing but ASCII. */
export function asciiPicture(lines: readonly string[]): readonly string[] {
  return lines.map((line) => [...line].map((sign) => inAscii[sign] ?? sign).join(""));
}
