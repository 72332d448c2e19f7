/** How much of what the commands of one step print is passed on, in characters; the rest would fill disks. */
export const outputBudget = 2 * 1024 * 1024;

/** Longest line that is passed on whole. */
export const longestShownLine = 4096;

/** What an empty line counts, since it takes room in a journal too. */
const perLine = 100;

/**
 * Passes on what a step prints until it is too much to be of use, then says so once. However much a machine prints, a
 * run neither fills this machine's disk nor its memory; commands still run to their end.
 */
export function withinBudget(pass: (line: string) => void, budget = outputBudget): (line: string) => void {
  let left = budget;
  return (line) => {
    if (left <= 0) return;
    const shown = shorten(line);
    left -= shown.length + perLine;
    pass(shown);
    if (left <= 0) pass("(more output of this step is left out)");
  };
}

/** A line of bearable length; what is cut off is counted. */
export function shorten(line: string, longest = longestShownLine): string {
  if (line.length <= longest) return line;
  const end = longest - (/[\ud800-\udbff]/.test(line.charAt(longest - 1)) ? 1 : 0);
  return `${line.slice(0, end)} … (${line.length - end} more characters)`;
}
