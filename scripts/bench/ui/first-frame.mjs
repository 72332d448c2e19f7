// From the start of the built program to its first frame, beside a Node.js that says one word, alternating.
import { resolve } from "node:path";
import { median, printRatio } from "../compare.mjs";
import { onTerminal } from "./pseudo-terminal.mjs";

const rounds = 9;
/** Milliseconds until something can be seen. */
const budget = 700;
const program = resolve(process.env.KUBE_INSTALLER_PROGRAM ?? "dist/cli.js");

export async function measureFirstFrame(size) {
  const ours = { wall: [], cpu: [] };
  const node = { wall: [], cpu: [] };
  for (let round = 0; round < rounds; round++) {
    await start([program], size, isFrame, ours);
    await start(["-e", 'process.stdout.write("ready"); setInterval(() => {}, 1000)'], size, isReady, node);
  }
  const name = `first frame at ${size.columns}x${size.rows}`;
  const baseline = "Node.js that says one word";
  const goal = `${budget} ms`;
  printRatio({ name, ours: median(ours.wall), theirs: median(node.wall), baseline, goal });
  printRatio({ name: `${name}, processor time`, ours: median(ours.cpu), theirs: median(node.cpu), baseline, goal });
}

async function start(args, size, look, times) {
  const terminal = await onTerminal(args, size);
  try {
    const seen = await terminal.shows(look);
    times.cpu.push(terminal.cpu());
    times.wall.push(seen - terminal.started);
  } finally {
    await terminal.close();
  }
}

const isReady = (shown) => shown.includes("ready");

/** The alternate screen is up, and the header stands on it. */
const isFrame = (shown) => shown.split("\u001B[?1049h")[1]?.includes("kube-installer") === true;
