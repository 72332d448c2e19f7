import type { Observation } from "./context.ts";

/** Makes a value at most once per run and shares it between the run's steps. */
export function perRun<T>(make: () => T): (context: Observation) => T {
  const made = new WeakMap<object, T>();
  return ({ firstControlPlane }) => {
    const key = firstControlPlane.facts;
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make();
    made.set(key, value);
    return value;
  };
}
