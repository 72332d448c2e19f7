const mostEntries = 2000;

/** Remembers what a function gave, and forgets everything when that became too much: a log never repeats itself. */
export function remembered(compute) {
  const known = new Map();
  return (key, ...rest) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= mostEntries) known.clear();
    const result = compute(...rest);
    known.set(key, result);
    return result;
  };
}
