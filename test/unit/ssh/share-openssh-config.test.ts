import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { shareOpensshConfig } from "../../../src/ssh/share-openssh-config.ts";

const signal = new AbortController().signal;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ssh-config-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Asks about two hosts and gives which of them ssh itself was asked about, and what it is said to have answered. */
async function askAbout(text: string, hosts: readonly string[] = ["one", "two"]) {
  const configFile = join(folder, "config");
  writeFileSync(configFile, text);
  const asked: string[] = [];
  const read = shareOpensshConfig(async ({ host }) => {
    asked.push(host);
    return new Map([
      ["hostname", [host]],
      ["identityfile", ["~/.ssh/id"]],
    ]);
  });
  const answers = await Promise.all(hosts.map((host) => read({ host, configFile, signal })));
  return { asked, answers: answers.map((answer) => Object.fromEntries(answer ?? [])) };
}

describe("asking ssh what its configuration means", () => {
  test("takes one question where it means the same for every host, and no host's name for another's", async () => {
    const { asked, answers } = await askAbout("# all\nHost *\n  ForwardAgent no\nInclude conf.d/*.conf\n");
    expect(asked).toEqual(["one"]);
    expect(answers).toEqual([{ identityfile: ["~/.ssh/id"] }, { identityfile: ["~/.ssh/id"] }]);
  });

  test.each([
    ["Host two\n  User ann\n"],
    ["Host * !two\n"],
    ["Match host two\n"],
    ["Hostname %h.example.com\n"],
    ["IdentityFile ~/.ssh/%h\n"],
    ["include other\n"],
    ["Include=conf.d/*\n"],
    ["CanonicalizeHostname yes\n"],
  ])("takes one for each host with %j", async (text) => {
    const { asked, answers } = await askAbout(text);
    expect(asked).toEqual(["one", "two"]);
    expect(answers[1]).toMatchObject({ hostname: ["two"] });
  });

  test("asks anew after a failure", async () => {
    const configFile = join(folder, "none");
    let asked = 0;
    const read = shareOpensshConfig(async () => {
      asked += 1;
      if (asked === 1) throw new Error("no ssh");
      return new Map();
    });
    await expect(read({ host: "one", configFile, signal })).rejects.toThrow("no ssh");
    expect(await read({ host: "two", configFile, signal })).toEqual(new Map());
  });
});
