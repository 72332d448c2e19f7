import type { HaMode } from "../cluster-spec.ts";
import type { Finding } from "../finding.ts";
import type { Path } from "../path.ts";
import type { PartlyPreset } from "../salvage.ts";
import { listNodes, nodesPath } from "./node-list.ts";

/** Roles that make sense together: a control plane, as many as the HA mode carries, and somewhere to run pods. */
export function checkRoles(preset: PartlyPreset): Finding[] {
  const lab = preset.spec?.topology?.lab;
  const mode = preset.spec?.ha?.mode ?? "single";
  if (lab !== undefined)
    return checkControlPlaneCount(lab.controlPlanes ?? 1, mode, ["spec", "topology", "lab", "controlPlanes"]);
  const nodes = listNodes(preset);
  const total = preset.spec?.topology?.static?.nodes?.length ?? 0;
  const known = nodes.filter(({ node }) => node.roles !== undefined && !node.roles.includes(undefined));
  const controlPlanes = known.filter(({ node }) => node.roles?.includes("control-plane"));
  const findings = nodes.flatMap(({ path, node }) => repeatedRoles(node.roles ?? [], [...path, "roles"]));
  const [, second] = controlPlanes;
  if (second !== undefined)
    findings.push(...checkControlPlaneCount(controlPlanes.length, mode, [...second.path, "roles"]));
  if (known.length < total || total === 0) return findings;
  if (controlPlanes.length === 0) {
    findings.push({
      severity: "error",
      path: nodesPath,
      onKey: true,
      message: "no node has the role control-plane",
      allowed: "exactly one control plane",
      hint: "give one node `roles: [control-plane]`",
    });
  }
  if (!known.some(({ node }) => node.roles?.includes("worker"))) {
    findings.push({
      severity: "warning",
      path: nodesPath,
      onKey: true,
      message: "no node has the role worker, so only the cluster's own pods will run",
      hint: "add a worker, or give the control plane `roles: [control-plane, worker]`",
    });
  }
  return findings;
}

/** What is wrong with a number of control planes under an HA mode, if anything. */
export function checkControlPlaneCount(count: number, mode: HaMode, path: Path): Finding[] {
  if (mode === "single" && count > 1) {
    return [
      {
        severity: "error",
        path,
        message: `${count} control planes need an HA mode other than single, which is not yet supported by this version`,
        allowed: "exactly one control plane",
        hint: path.at(-1) === "roles" ? "make this node a worker: `roles: [worker]`" : "write `controlPlanes: 1`",
      },
    ];
  }
  if (count === 0 || count % 2 === 1) return [];
  return [
    {
      severity: "error",
      path,
      message: `${count} control planes survive no more failures than ${count - 1}, because etcd needs a majority`,
      allowed: "an odd number of control planes",
    },
  ];
}

function repeatedRoles(roles: readonly (string | undefined)[], path: Path): Finding[] {
  return roles.flatMap((role, index): Finding[] =>
    role === undefined || roles.indexOf(role) === index
      ? []
      : [
          {
            severity: "error",
            path: [...path, index],
            message: `the role ${role} is given twice`,
            hint: "keep one of the two",
          },
        ],
  );
}
