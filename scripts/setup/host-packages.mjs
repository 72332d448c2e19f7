// Which Debian packages the tests and the demo need on this machine, and what for.
import { readFileSync } from "node:fs";

const lab = ["src/topology/lab/host-packages.json", "src/topology/lab/kubernetes/host-packages.json"];

const lists = {
  unit: ["test/unit/host-packages.json"],
  terminal: ["test/terminal/host-packages.json", ...lab],
  integration: ["test/integration/host-packages.json"],
  bench: ["scripts/bench/host-packages.json"],
  lab,
};

/** Name → purpose for the given test projects. */
export function hostPackages(projects) {
  const files = new Set(projects.flatMap((project) => lists[project] ?? []));
  return Object.assign({}, ...[...files].map((file) => JSON.parse(readFileSync(file, "utf8"))));
}
