import type { Writable } from "node:stream";

/**
 * Writes texts to a stream, those of one round of the event loop in one go: with a thousand nodes a call of the kernel
 * for each line would cost more than making the lines.
 */
export function togetherTo(stream: Pick<Writable, "write" | "cork" | "uncork">): (text: string) => void {
  let corked = false;
  return (text) => {
    if (!corked) {
      corked = true;
      stream.cork();
      setImmediate(() => {
        corked = false;
        stream.uncork();
      });
    }
    stream.write(text);
  };
}
