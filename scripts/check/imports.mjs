// Checks that imports point one way: a room may import only from the rooms listed for it, and no file in a circle.
import { readdir, readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";

const allowed = {
  engine: [],
  ssh: ["engine"],
  preset: ["engine", "ssh"],
  bundle: ["engine"],
  kubernetes: ["engine", "ssh", "preset"],
  etcd: ["engine", "ssh"],
  facts: ["engine", "ssh"],
  topology: ["engine", "ssh", "preset", "bundle", "kubernetes"],
  steps: ["engine", "ssh", "preset", "bundle", "kubernetes", "etcd", "facts", "topology"],
  report: ["engine"],
  ui: ["engine", "preset", "report"],
  cli: ["engine", "ssh", "preset", "bundle", "kubernetes", "etcd", "facts", "topology", "steps", "report", "ui"],
};

/** The room of a file below src/, e.g. `src/ssh/shell.ts` → `ssh`; files directly in src/ belong to `cli`. */
const roomOf = (path) => (path.split("/").length > 2 ? path.split("/")[1] : "cli");

const files = (await readdir("src", { recursive: true }))
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => `src/${name}`);
const graph = new Map();
const problems = [];
for (const file of files) {
  const text = await readFile(file, "utf8");
  const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) =>
    relative(".", resolve(dirname(file), match[1])),
  );
  graph.set(file, targets);
  for (const target of targets) {
    const [from, to] = [roomOf(file), roomOf(target)];
    if (from === to) continue;
    if (!(from in allowed)) problems.push(`${file}: the room "${from}" is not known to this check`);
    else if (!allowed[from].includes(to)) problems.push(`${file} imports ${target}: ${from} must not know ${to}`);
  }
}
const done = new Set();
const visit = (file, trail) => {
  if (trail.includes(file)) problems.push(`circle: ${[...trail.slice(trail.indexOf(file)), file].join(" → ")}`);
  if (done.has(file) || trail.includes(file)) return;
  for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
  done.add(file);
};
for (const file of files) visit(file, []);
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`imports: ${files.length} files point one way`);
