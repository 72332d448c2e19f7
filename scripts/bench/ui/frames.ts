import type { RunModel } from "../../../src/ui/run/run-model.ts";

/**
 * Measures frames: from what makes the screen draw (the run tells of a change, a key arrives) to the bytes for the
 * terminal, as long as these follow in the next turn of the event loop, to which drawing is put off until all effects ran.
 */
export function watchFrames(
  model: Pick<RunModel, "subscribe">,
  { stdin, stdout }: Pick<NodeJS.Process, "stdin" | "stdout">,
) {
  const [wall, cpu]: [number[], number[]] = [[], []];
  let watching = false;
  let written: { time: number; cpu: number } | undefined;
  let begun: { time: number; cpu: number } | undefined;
  const begin = (): void => {
    if (!watching || begun !== undefined) return;
    begun = { time: performance.now(), cpu: processorTime() };
    const end = (): void => {
      if (begun !== undefined && written !== undefined) {
        wall.push(written.time - begun.time);
        cpu.push(written.cpu - begun.cpu);
      }
      begun = undefined;
      written = undefined;
    };
    setImmediate(() => setImmediate(end));
  };
  model.subscribe(begin);
  stdin.prependListener("readable", begin);
  const write = stdout.write.bind(stdout);
  stdout.write = ((...given: Parameters<typeof write>): boolean => {
    const done = write(...given);
    if (begun !== undefined) written = { time: performance.now(), cpu: processorTime() };
    return done;
  }) as typeof write;
  return {
    wall,
    cpu,
    start: (): void => {
      watching = true;
    },
  };
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
