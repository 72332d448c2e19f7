import { readFileSync } from "node:fs";
import type { Facts } from "../../../src/facts/facts.ts";
import { parseFacts } from "../../../src/facts/probe.ts";
import type { SectionName } from "../../../src/facts/sections.ts";

/** What the probe printed on real machines: a fresh Debian 12, and a control plane of a running cluster. */
export type Recording = "debian-12" | "control-plane";

/** The facts of a recording, some answers replaced by what another machine would have said. */
export function recordedFacts(recording: Recording, answers: Partial<Record<SectionName, string>> = {}): Facts {
  let text = readFileSync(new URL(`fixtures/${recording}.txt`, import.meta.url), "utf8");
  for (const [name, answer] of Object.entries(answers)) {
    const section = new RegExp(`(\\u001e${name}\\n)[^\\u001e]*`);
    if (!section.test(text)) throw new Error(`the recording has no answer to ${name}`);
    text = text.replace(section, (_, head: string) => `${head}${answer}\n`);
  }
  return parseFacts(text, { askedAt: 1_000, answeredAt: 1_300 });
}
