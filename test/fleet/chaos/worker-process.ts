import crypto from "node:crypto";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { withKnownKeys } from "./known-keys.ts";
import { installMemoryNetwork } from "./memory-network.ts";
import { pooledRandom } from "./pooled-random.ts";
import { installVirtualTime } from "./virtual-time.ts";

// Nothing here outlives a power cut, and forcing every step to the disk would be most of the work.
Object.assign(fs, {
  fdatasync: (_file: number, done: (error: null) => void) => setImmediate(done, null),
  fdatasyncSync: () => {},
  fsyncSync: () => {},
});
// Both ends of every connection are here: packets are filled up with random bytes, a few at a time, and the same few keys
// are read for every login.
Object.assign(crypto, { randomFillSync: pooledRandom(crypto.randomFillSync), ...withKnownKeys(crypto) });
syncBuiltinESMExports();

// Network and clock first: whatever is loaded after them finds nothing else.
const { activity } = installMemoryNetwork();
const time = installVirtualTime(activity, { places: process.argv[4] === "verbose" });
const { serve } = await import("./worker.ts");
const perform = await serve(process.argv[3] === "engine" ? "engine" : "ssh", Number(process.argv[2]), time, (answer) =>
  process.send?.(answer),
);

let busy = Promise.resolve();
process.on("message", (task: Parameters<typeof perform>[0]) => {
  busy = busy.then(() => perform(task));
});
process.on("disconnect", () => process.exit());
process.send?.({ line: "ready" });
