import type { Finding, PreflightReport } from "../engine/findings.ts";
import { attribute, xmlText } from "./xml-text.ts";

/** A check by its id, in the order it was made. */
export interface CheckName {
  readonly id: string;
}

export interface JunitOptions {
  /** Everything preflight looks at; what nothing was found about is a passed test. */
  readonly checks: readonly CheckName[];
  readonly when: Date;
}

interface TestCase {
  readonly name: string;
  readonly result: "passed" | "failed" | "skipped";
  /** Elements within, already XML. */
  readonly content: readonly string[];
}

/**
 * A preflight report in the format CI servers read as test results: a suite for each node with a test for each check, a
 * failure for each that found an error. Warnings do not fail; they stand in the output of their test. What was found
 * about no node in particular, and what could not be looked at, stands in a suite of the cluster.
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 * @see https://docs.gitlab.com/ci/testing/unit_test_reports/
 */
export function junitXml(report: PreflightReport, { checks, when }: JunitOptions): string {
  const byPlace = new Map<string | undefined, Finding[]>();
  for (const finding of report.findings) {
    const list = byPlace.get(finding.node);
    if (list === undefined) byPlace.set(finding.node, [finding]);
    else list.push(finding);
  }
  const names = checks.map(({ id }) => id);
  const suites = report.nodes.map((node) => ({
    name: node,
    cases: casesOf(names, byPlace.get(node) ?? []),
    notes: [],
  }));
  const ofCluster = byPlace.get(undefined) ?? [];
  const found = names.filter((name) => ofCluster.some(({ check }) => check === name));
  const cluster = { name: "cluster", cases: casesOf(found, ofCluster), notes: report.notes };
  const all = ofCluster.length + report.notes.length === 0 ? suites : [...suites, cluster];
  const body = all.flatMap((suite, id) => suiteLines(suite, { id, when }));
  return ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...body, "</testsuites>", ""].join("\n");
}

function casesOf(checks: readonly string[], findings: readonly Finding[]): readonly TestCase[] {
  const isUnseen = findings.some(isAboutAccess);
  return checks.map((name): TestCase => {
    const found = findings.filter(({ check }) => check === name);
    const failures = found.filter((finding) => finding.severity === "error" || isAboutAccess(finding));
    const warnings = found.filter((finding) => !failures.includes(finding));
    const output = warnings.length === 0 ? [] : [element("system-out", [], warnings.map(described).join("\n\n"))];
    if (failures.length > 0) return { name, result: "failed", content: [failureOf(failures), ...output] };
    if (isUnseen && found.length === 0) {
      return { name, result: "skipped", content: [`<skipped${attribute("message", "the node cannot be used")}/>`] };
    }
    return { name, result: "passed", content: output };
  });
}

/** Nothing else of such a node was looked at. */
function isAboutAccess({ check }: Finding): boolean {
  return check.startsWith("access.");
}

function failureOf(failures: readonly Finding[]): string {
  const message = failures.map((failure) => failure.message).join("; ");
  return element(
    "failure",
    [
      ["type", failures[0]?.check ?? ""],
      ["message", message],
    ],
    failures.map(described).join("\n\n"),
  );
}

function described({ severity, message, measured, limit, fix }: Finding): string {
  return `${severity}: ${message}\nseen:   ${measured}\nwanted: ${limit}\nfix:    ${fix}`;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
  readonly notes: readonly string[];
}

function suiteLines({ name, cases, notes }: Suite, { id, when }: { id: number; when: Date }): readonly string[] {
  const count = (result: TestCase["result"]) => String(cases.filter((test) => test.result === result).length);
  const attributes = [
    ["name", name],
    ["package", "kube-installer.preflight"],
    ["id", String(id)],
    ["timestamp", when.toISOString().slice(0, 19)],
    ["hostname", name],
    ["tests", String(cases.length)],
    ["failures", count("failed")],
    ["errors", "0"],
    ["skipped", count("skipped")],
    ["time", "0"],
  ] as const;
  return [
    `  <testsuite${attributes.map(([key, value]) => attribute(key, value)).join("")}>`,
    "    <properties/>",
    ...cases.flatMap((test) => caseLines(test, `kube-installer.preflight.${name}`)),
    `    ${element("system-out", [], notes.join("\n"))}`,
    "    <system-err/>",
    "  </testsuite>",
  ];
}

function caseLines({ name, content }: TestCase, className: string): readonly string[] {
  const start = `    <testcase${attribute("name", name)}${attribute("classname", className)}${attribute("time", "0")}`;
  return content.length === 0
    ? [`${start}/>`]
    : [`${start}>`, ...content.map((line) => `      ${line}`), "    </testcase>"];
}

function element(name: string, attributes: readonly (readonly [string, string])[], text: string): string {
  const start = `${name}${attributes.map(([key, value]) => attribute(key, value)).join("")}`;
  return text === "" ? `<${start}/>` : `<${start}>${xmlText(text)}</${name}>`;
}
