import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { formatManifest, parseManifest } from "../../../src/bundle/parse-manifest.ts";
import { InstallerError } from "../../../src/engine/errors.ts";
import { parseFacts } from "../../../src/facts/probe.ts";
import { ndjsonLineSchema } from "../../../src/report/event-schema.ts";
import { jsonLine } from "../../../src/report/json-line.ts";
import { readRun } from "../../../src/report/read-run.ts";
import { namesMatch, parseKnownHosts } from "../../../src/ssh/known-hosts.ts";
import { parseOpensshConfig } from "../../../src/ssh/openssh-config.ts";
import { parseInventory } from "../../../src/topology/lab/inventory.ts";
import { everyEvent } from "../report/every-event.ts";
import { answerOf, fuzzRuns, untrusted } from "./damaged-text.ts";

const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Tries a parser with damaged texts; a test that hangs fails by its time limit. */
function fuzz(text: string, check: (text: string) => void): void {
  fc.assert(fc.property(untrusted(text), check), { numRuns: fuzzRuns });
}
const patience = { timeout: 1_800_000 };

describe("whatever a text that is not trusted holds, its parser answers", () => {
  test("known_hosts", patience, () => {
    const key = "AAAAC3NzaC1lZDI1NTE5AAAAIBOYEEfjhYrAmnTOm+AVDY0bwTLxf4QFxjmcyYNOGCLx";
    const hashed = "|1|c2FsdHNhbHRzYWx0c2FsdA==|aGFzaGhhc2hoYXNoaGFzaA==";
    const text = [
      `cp-1,10.0.0.11 ssh-ed25519 ${key} comment`,
      `[w-*.example.com]:2222,!w-9 ssh-ed25519 ${key}`,
      `@revoked * ssh-ed25519 ${key}`,
      `${hashed} ssh-ed25519 ${key}`,
      "# comment",
    ].join("\n");
    fuzz(text, (damaged) => {
      for (const { names, line, key: bytes } of parseKnownHosts(damaged, "known_hosts")) {
        expect(line).toBeLessThanOrEqual(damaged.split("\n").length);
        expect(bytes.length).toBeGreaterThan(4);
        namesMatch(names, "[w-1.example.com]:2222");
      }
    });
  });

  test("what ssh -G prints", patience, () => {
    const text = "host cp-1\nuser root\nhostname 10.0.0.11\nport 22\nidentityfile ~/.ssh/a\nidentityfile ~/.ssh/b\n";
    fuzz(text, (damaged) => {
      for (const [name, values] of parseOpensshConfig(damaged)) {
        expect(name).toMatch(/^\S+$/);
        expect(values.length).toBeGreaterThan(0);
      }
    });
  });

  test.each(["debian-12", "control-plane"])("the facts of a node (%s)", patience, (recording) => {
    const text = readFileSync(new URL(`../facts/fixtures/${recording}.txt`, import.meta.url), "utf8");
    fuzz(text, (damaged) => {
      const facts = answerOf(() => parseFacts(damaged, { askedAt: 1_000, answeredAt: 1_300 }));
      if (facts instanceof InstallerError) expect(facts.code).toBe("command-failed");
      else expect(typeof facts.kubernetes).toBe("object");
    });
  });

  test("the manifest of a bundle", patience, () => {
    const file = { sha256: "0".repeat(64), bytes: 1 };
    const manifest = {
      apiVersion: "kube-installer/v1" as const,
      kind: "Bundle" as const,
      version: "1.36.4",
      architecture: "amd64",
      binaries: [{ name: "kubeadm", path: "bin/kubeadm", ...file }],
      images: [{ names: ["registry.k8s.io/pause:3.10"], path: "images/pause.tar", ...file }],
      standIns: [{ name: "crictl", note: "own" }],
    };
    fuzz(formatManifest(manifest), (damaged) => {
      const { manifest: read, faults } = parseManifest(damaged);
      if (read === undefined) expect(faults.length).toBeGreaterThan(0);
      else
        for (const { path } of [...read.binaries, ...read.images]) expect(path).toMatch(/^(bin|images)\/\w[\w.+-]*$/);
    });
  });

  test("the record of a lab", patience, () => {
    const node = { name: "cp-1", role: "control-plane", address: "10.78.0.11", fingerprint: "SHA256:x" };
    const text = JSON.stringify({ name: "lab", subnet: 0, variant: "root", base: "/base", nodes: [node] }, null, 2);
    expect(parseInventory(text, "lab").nodes).toEqual([node]);
    fuzz(text, (damaged) => {
      const inventory = answerOf(() => parseInventory(damaged, "lab"));
      if (inventory instanceof InstallerError) expect(inventory.details.nextSteps?.[0]).toContain("lab down");
      else expect(inventory.name).toBe("lab");
    });
  });

  test("a line of NDJSON", patience, () => {
    const lines = everyEvent.map((event) => jsonLine({ ts: new Date(0).toISOString(), ...event }));
    fuzz(lines.join("\n"), (damaged) => {
      for (const line of damaged.split("\n")) {
        const parsed = ndjsonLineSchema.safeParse(jsonOrText(line));
        expect(typeof parsed.success).toBe("boolean");
      }
    });
  });

  test("a journal", patience, async () => {
    const started = new Date(0).toISOString();
    const header = { type: "journal", schema: "1.0", run: "r", cluster: "c", command: "install", program: "0" };
    const first = jsonLine({ ...header, host: "h", pid: 1, started });
    const text = [first, ...everyEvent.map((event) => jsonLine({ ts: started, ...event })), ""].join("\n");
    const journal = join(folder, "journal.jsonl");
    const readable = async (damaged: string) => {
      writeFileSync(journal, damaged);
      const run = await readRun(journal).catch((thrown: unknown) => thrown);
      if (run instanceof Error) expect(run).toMatchObject({ code: "journal-unreadable" });
      else expect(run).toMatchObject({ events: expect.any(Array), lost: expect.any(Number) });
    };
    await readable(text);
    expect((await readRun(journal)).events.length).toBe(everyEvent.length);
    await fc.assert(fc.asyncProperty(untrusted(text), readable), { numRuns: fuzzRuns });
  });
});

function jsonOrText(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
