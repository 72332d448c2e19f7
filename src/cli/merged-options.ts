import type { Command } from "commander";

/**
 * The options of a command and of those above it: what was given wins over defaults, and what stands nearer to the
 * command wins over what stands before it. (Commander's own `optsWithGlobals` lets defaults from above win.)
 */
export function mergedOptions(command: Command): Record<string, unknown> {
  const chain = [command];
  for (let above = command.parent; above !== null; above = above.parent) chain.unshift(above);
  const options = chain.flatMap((level) =>
    Object.entries(level.opts()).map(([name, value]) => ({
      name,
      value,
      isDefault: level.getOptionValueSource(name) === "default",
    })),
  );
  const merged = [...options.filter(({ isDefault }) => isDefault), ...options.filter(({ isDefault }) => !isDefault)];
  return Object.fromEntries(merged.map(({ name, value }) => [name, value]));
}
