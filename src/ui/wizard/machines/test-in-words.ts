import type { MachineTest } from "./machine-tests.ts";

/** What is known of logging in to a machine, in full: one line per thing to say, what to do last. */
export function testInWords(test: MachineTest | undefined): readonly string[] {
  switch (test?.state) {
    case undefined:
      return ["The connection was not tested yet."];
    case "waiting":
      return ["Waits for its turn to be tested."];
    case "testing":
      return ["Logging in and looking at it"];
    case "fine":
      return [`Logged in and became root: ${test.os}, ${test.cpus} CPUs, ${memoryText(test.memoryBytes)}`];
    case "failed":
      return [
        test.message,
        ...(test.likelyCause === undefined ? [] : [`Likely cause: ${test.likelyCause}`]),
        ...test.next.map((step) => `Next: ${step}`),
      ];
  }
}

/** `3.8 GiB` */
export function memoryText(bytes: number): string {
  const size = bytes / 2 ** 30;
  return `${size.toFixed(size < 10 ? 1 : 0).replace(/\.0$/, "")} GiB`;
}
