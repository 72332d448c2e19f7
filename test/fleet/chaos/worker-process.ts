import { installVirtualTime } from "./virtual-time.ts";

// The clock first: whatever is loaded after it finds only the virtual one.
const time = installVirtualTime();
const { serve } = await import("./worker.ts");
const perform = await serve(Number(process.argv[2]), time, (answer) => process.send?.(answer));

let busy = Promise.resolve();
process.on("message", (task: Parameters<typeof perform>[0]) => {
  busy = busy.then(() => perform(task));
});
process.on("disconnect", () => process.exit());
process.send?.({ line: "ready" });
