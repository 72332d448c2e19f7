/**
 * Whether a person sits at the terminal and may be asked.
 * `CI` counts when it is set to anything but an empty string, `0` or `false`.
 */
export function isInteractive(
  nonInteractive: boolean,
  terminal: { stdin: { isTTY?: boolean }; stdout: { isTTY?: boolean }; env: NodeJS.ProcessEnv } = process,
): boolean {
  const ci = terminal.env.CI ?? "";
  const inCi = ci !== "" && ci !== "0" && ci !== "false";
  const isTerminal = terminal.stdin.isTTY === true && terminal.stdout.isTTY === true;
  return !nonInteractive && isTerminal && !inCi && terminal.env.TERM !== "dumb";
}
