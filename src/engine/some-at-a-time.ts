/**
 * Does something for every entry, `most` of them at the same time, and gives the results in the order of the entries.
 * Every entry gets its turn, also after a failure; the first failure is thrown once all have ended.
 */
export async function someAtATime<T, R>(
  entries: readonly T[],
  most: number,
  act: (entry: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const waiting = entries.entries();
  const work = async (): Promise<void> => {
    for (const [index, entry] of waiting) {
      try {
        results[index] = await act(entry);
      } catch (thrown) {
        failures.push(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, entries.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
