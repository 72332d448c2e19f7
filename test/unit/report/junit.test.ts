import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding, PreflightReport } from "../../../src/engine/findings.ts";
import { Secret } from "../../../src/engine/secret.ts";
import { junitXml } from "../../../src/report/junit.ts";
import { takenPort } from "./taken-port.ts";

const checks = ["access.login", "network.ports", "clock.skew", "network.ranges"].map((id) => ({ id }));
const when = new Date("2026-11-21T12:24:02.123Z");

function reportOf(findings: readonly Finding[], notes: readonly string[] = []): PreflightReport {
  return { findings, nodes: ["cp-1", "w-1"], checks: checks.length, notes };
}
const xmlOf = (...given: Parameters<typeof reportOf>) => junitXml(reportOf(...given), { checks, when });

/** What xmllint says against it; nothing when it is as the schema wants it. */
function faultsOf(xml: string): string {
  const args = ["--noout", "--nonet", "--schema", "test/unit/report/junit.xsd", "-"];
  const { status, stderr, error } = spawnSync("xmllint", args, { input: xml, encoding: "utf8" });
  if (error !== undefined) throw error;
  return status === 0 ? "" : stderr;
}

/** What a reader finds at a place of the document. */
function found(xml: string, path: string): string {
  const { stdout } = spawnSync("xmllint", ["--xpath", `string(${path})`, "-"], { input: xml, encoding: "utf8" });
  return stdout.replace(/\n$/, "");
}

test("a suite for each node with a test for each check; what was found fails with value, limit and fix", () => {
  const xml = xmlOf([takenPort]);
  expect(faultsOf(xml)).toBe("");
  const suite = "/testsuites/testsuite[@name='cp-1']";
  expect(found(xml, `count(${suite}/testcase)`)).toBe("4");
  expect(found(xml, `${suite}/@failures`)).toBe("1");
  expect(found(xml, `${suite}/@timestamp`)).toBe("2026-11-21T12:24:02");
  const failed = `${suite}/testcase[@name='network.ports'][@classname='kube-installer.preflight.cp-1']`;
  expect(found(xml, `${failed}/failure/@message`)).toBe("Port 6443 (API server) is taken");
  expect(found(xml, `${failed}/failure`)).toBe(
    [
      "error: Port 6443 (API server) is taken",
      "seen:   nc listens on 0.0.0.0:6443",
      "wanted: free, or held by this cluster",
      "fix:    stop it: `ss -tlnp 'sport = :6443'` names its pid",
    ].join("\n"),
  );
  expect(found(xml, "/testsuites/testsuite[@name='w-1']/@failures")).toBe("0");
  expect(found(xml, "count(//failure)")).toBe("1");
});

test("a warning does not fail, and stands in the output of its test", () => {
  const xml = xmlOf([{ ...takenPort, severity: "warning", check: "clock.skew" }]);
  expect(faultsOf(xml)).toBe("");
  expect(found(xml, "count(//failure)")).toBe("0");
  expect(found(xml, "//testcase[@name='clock.skew']/system-out")).toContain("warning: Port 6443");
});

test("two findings of one check on one node are one failure, since readers show only one", () => {
  const xml = xmlOf([takenPort, { ...takenPort, message: "Port 10250 (kubelet) is taken" }]);
  expect(faultsOf(xml)).toBe("");
  expect(found(xml, "count(//failure)")).toBe("1");
  expect(found(xml, "//failure/@message")).toBe("Port 6443 (API server) is taken; Port 10250 (kubelet) is taken");
});

test.each(["error", "warning"] as const)(
  "of a node one cannot log in to (%s) the other checks are skipped",
  (severity) => {
    const xml = xmlOf([{ ...takenPort, severity, check: "access.login", node: "w-1", measured: "unreachable" }]);
    expect(faultsOf(xml)).toBe("");
    const suite = "/testsuites/testsuite[@name='w-1']";
    expect([found(xml, `${suite}/@failures`), found(xml, `${suite}/@skipped`)]).toEqual(["1", "3"]);
    expect(found(xml, "/testsuites/testsuite[@name='cp-1']/@skipped")).toBe("0");
  },
);

test("what is about no node, and what could not be looked at, stands in a suite of the cluster", () => {
  const { node: _node, ...ranges } = { ...takenPort, check: "network.ranges" };
  const xml = xmlOf([ranges], ["w-1 has no perl"]);
  expect(faultsOf(xml)).toBe("");
  const suite = "/testsuites/testsuite[@name='cluster']";
  expect([found(xml, `${suite}/@tests`), found(xml, `${suite}/@failures`)]).toEqual(["1", "1"]);
  expect(found(xml, `${suite}/system-out`)).toBe("w-1 has no perl");
});

test("whatever a machine says, the document stays valid and holds no secret", () => {
  const password = new Secret("<pass&word>");
  const hostile = [
    `]]><!-- & ${password.reveal()} "quoted" 'single' </failure>`,
    "\u0000\u0001\u0008\u000b\u001b[31mred\u001b[0m\u007f\u009b2J",
    "half \ud800 and \udfff, \ufffe\uffff, 𝔘",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "line\r\nline\ttab\u2028",
  ];
  for (const text of hostile) {
    const xml = xmlOf([{ ...takenPort, message: text, measured: text, limit: text, fix: text }], [text]);
    expect(faultsOf(xml)).toBe("");
    expect(xml).not.toContain("pass&amp;word");
    expect(found(xml, "count(//failure)")).toBe("1");
  }
});

test("so it does for any text", () => {
  const texts = fc.array(fc.string({ unit: "binary", maxLength: 200 }), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(texts, (some) => {
      const findings = some.map((text) => ({ ...takenPort, message: text, measured: text, limit: text, fix: text }));
      expect(faultsOf(xmlOf(findings, some))).toBe("");
    }),
    { numRuns: 8 },
  );
});
