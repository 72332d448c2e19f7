// npm run bench [-- help|checks|redact|ui|install …]: measures, always beside something to compare with in the same run.
import { build } from "./setup/build.mjs";
import { ensureDebianPackages } from "./setup/debian-packages.mjs";
import { hostPackages } from "./setup/host-packages.mjs";
import { ensureNodePackages, requireNode } from "./setup/node-packages.mjs";

const benchmarks = {
  help: async () => (await import("./bench/help.mjs")).measureHelp(),
  checks: async () => {
    await ensureDebianPackages(hostPackages(["lab", "bench"]));
    return (await import("./bench/checks.mjs")).measureChecks();
  },
  redact: async () => (await import("./bench/redact.mjs")).measureRedact(),
  ui: async () => (await import("./bench/ui.mjs")).measureUi(),
  fleet: async () => (await import("./bench/fleet.mjs")).measureFleet(),
  install: async () => {
    await ensureDebianPackages(hostPackages(["lab"]));
    return (await import("./bench/install.mjs")).measureInstall();
  },
};

requireNode();
ensureNodePackages();
build();
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benchmarks);
for (const name of wanted) {
  if (!(name in benchmarks)) {
    console.error(`There is no benchmark "${name}"; there are: ${Object.keys(benchmarks).join(", ")}`);
    process.exit(2);
  }
  await benchmarks[name]();
}
