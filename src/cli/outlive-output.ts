/**
 * Lets a run go on when nobody reads its output any more (`| head`) or the disk behind it is full: its journal and exit
 * code still tell how it ended. Without this, Node.js ends the process in the middle of a step.
 */
export function outliveOutput(): void {
  let told = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || told) return;
    told = true;
    process.stderr.write(`warning: the output cannot be written (${error.message}); the command goes on.\n`);
  });
  process.stderr.on("error", () => {
    told = true;
  });
}
