/**
 * Numbers of ports, each as new as it can be: one that was used comes again only after all others, since many schedules
 * are played over the same machines.
 */
export function createPortNumbers({ from, to }: { from: number; to: number }) {
  let last = from - 1;
  return {
    /** The next one for which `isTaken` does not hold; throws an Error when it holds for all. */
    next: (isTaken: (port: number) => boolean): number => {
      for (let tried = from; tried <= to; tried++) {
        last = last >= to ? from : last + 1;
        if (!isTaken(last)) return last;
      }
      throw new Error(`All ports from ${from} to ${to} are taken`);
    },
  };
}
