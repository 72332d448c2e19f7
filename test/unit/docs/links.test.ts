import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const files = async (folder: string, ending: string) =>
  (await readdir(folder)).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));

const pages = [...(await files(".", ".md")), ...(await files("docs", ".md")), "presets/README.md"];

/** The targets of `[text](target)` outside code, without `#section`; addresses with a scheme are not ours. */
function relativeLinks(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*`/g, "code");
  const targets = Array.from(prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g), ([, target = ""]) => target);
  return targets.filter((target) => !/^([a-z]+:|#)/i.test(target)).map((target) => target.replace(/#.*$/, ""));
}

test.each(pages)("every link of %s leads to a file", async (page) => {
  const links = relativeLinks(await readFile(page, "utf8"));
  expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
});

describe.each([
  ["docs/README.md", "docs", ".md"],
  ["presets/README.md", "presets", ".yaml"],
])("%s", (index, folder, ending) => {
  test(`names every ${ending} file beside it`, async () => {
    const linked = relativeLinks(await readFile(index, "utf8")).map((link) => join(folder, link));
    const unnamed = (await files(folder, ending)).filter((file) => file !== index && !linked.includes(file));
    expect(unnamed).toEqual([]);
  });
});

test("links are found in text and titles, not in code or elsewhere", () => {
  const page =
    '[a](one.md#part) `[b](no.md)` ![c](two.png "Two") [d](https://x.example) [e](#here)\n```\n[f](no.md)\n```\n';
  expect(relativeLinks(page)).toEqual(["one.md", "two.png"]);
});
