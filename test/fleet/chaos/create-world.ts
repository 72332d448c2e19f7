import { createEngineWorld } from "./engine-world.ts";
import type { World } from "./world.ts";

/** The machines the schedules are played on. */
export async function createWorld(nodes: number): Promise<World> {
  return createEngineWorld(nodes);
}
