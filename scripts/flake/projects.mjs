// Which of the suites that need no machine of their own there are.
import { createVitest } from "vitest/node";

const wanted = ["unit", "ui"];

/** The names of the test projects to repeat, as vitest.config.ts has them. */
export async function projectsToRepeat() {
  const vitest = await createVitest("test", { watch: false, run: true });
  const names = vitest.projects.map(({ name }) => name);
  await vitest.close();
  return wanted.filter((name) => names.includes(name));
}
