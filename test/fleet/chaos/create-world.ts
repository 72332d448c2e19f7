import { createEngineWorld } from "./engine-world.ts";
import { createFleetWorld } from "./fleet-world.ts";
import type { World } from "./world.ts";

/** The machines the schedules are played on: simulated ones behind ssh, or mere models below the engine. */
export async function createWorld(kind: "ssh" | "engine", nodes: number): Promise<World> {
  return kind === "ssh" ? createFleetWorld(nodes) : createEngineWorld(nodes);
}
