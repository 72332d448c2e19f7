// A fleet in a process of its own, for who measures the installer: told by lines of JSON, answering each with one.
import { createInterface } from "node:readline";
import { type Fleet, type FleetOptions, startFleet } from "./start-fleet.ts";

/** What the fleet is told; the answer to each is a line of JSON. */
type Request =
  | { readonly ask: "start"; readonly options: FleetOptions }
  | { readonly ask: "preset"; readonly name: string; readonly nodes?: number }
  | { readonly ask: "state" };

let fleet: Fleet | undefined;

async function answer(request: Request): Promise<unknown> {
  if (request.ask === "start") {
    fleet = await startFleet(request.options);
    return { folder: fleet.folder };
  }
  if (fleet === undefined) throw new Error("the fleet has not been started");
  if (request.ask === "preset") {
    return { path: await fleet.writePreset(request.name, request.nodes === undefined ? {} : { nodes: request.nodes }) };
  }
  const connections = Object.fromEntries(fleet.nodes.map((node) => [node.name, node.connections]));
  return { counts: fleet.counts(), connections, unknownCommands: fleet.unknownCommands };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
await fleet?.stop();
