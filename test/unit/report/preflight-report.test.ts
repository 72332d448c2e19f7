import { expect, test } from "vitest";
import type { Finding } from "../../../src/engine/findings.ts";
import { preflightReportLines } from "../../../src/report/preflight-report.ts";
import { takenPort } from "./taken-port.ts";

const clock: Finding = {
  severity: "warning",
  check: "clock.service",
  message: "Nothing keeps the clock right",
  measured: "no time service is running",
  limit: "chrony is running",
  fix: "`apt-get install chrony`",
};

test("tells each finding with what was seen, what is wanted and the fix, once for all nodes it is the same on", () => {
  const findings = [takenPort, { ...clock, node: "w-1" }, { ...clock, node: "w-2" }];
  expect(
    preflightReportLines({ findings, nodes: ["cp-1", "w-1", "w-2"], checks: 46, notes: ["w-2 has no perl"] }).join(
      "\n",
    ),
  ).toMatchInlineSnapshot(`
    "error[network.ports] on cp-1: Port 6443 (API server) is taken
      seen:   nc listens on 0.0.0.0:6443
      wanted: free, or held by this cluster
      fix:    stop it: \`ss -tlnp 'sport = :6443'\` names its pid

    warning[clock.service] on w-1, w-2: Nothing keeps the clock right
      seen:   no time service is running
      wanted: chrony is running
      fix:    \`apt-get install chrony\`

    note: w-2 has no perl
    Preflight of 3 nodes found 1 error and 2 warnings (46 checks)."
  `);
});

test("says so when there is nothing to object to", () => {
  expect(preflightReportLines({ findings: [], nodes: ["cp-1"], checks: 46, notes: [] })).toEqual([
    "Preflight of 1 node found nothing to object to (46 checks).",
  ]);
});

test("names ten nodes and counts the others", () => {
  const nodes = Array.from({ length: 12 }, (_, index) => `w-${index + 1}`);
  const findings = nodes.map((node) => ({ ...clock, node }));
  const [first] = preflightReportLines({ findings, nodes, checks: 46, notes: [] });
  expect(first).toBe(
    "warning[clock.service] on w-1, w-2, w-3, w-4, w-5, w-6, w-7, w-8, w-9, w-10 and 2 more: Nothing keeps the clock right",
  );
});

test("keeps what a machine said on its line", () => {
  const findings = [{ ...takenPort, measured: "\u001b[2Jevil\nline" }];
  expect(preflightReportLines({ findings, nodes: ["cp-1"], checks: 1, notes: [] })[1]).toBe("  seen:    [2Jevil line");
});
