import type { ApiObject } from "./objects.ts";

/** One operation of a patch; others than these the fleet has not been taught. */
interface Operation {
  readonly op: "test" | "replace";
  readonly path: string;
  readonly value: unknown;
}

/**
 * The object after a patch; undefined when one of its tests fails or names what is not there.
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function jsonPatched(object: ApiObject, operations: readonly Operation[]): ApiObject | undefined {
  const patched = structuredClone(object);
  for (const { op, path, value } of operations) {
    const keys = path
      .split("/")
      .slice(1)
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = keys.pop() ?? "";
    const folder = keys.reduce<unknown>(child, patched);
    if (typeof folder !== "object" || folder === null || !(last in folder)) return undefined;
    if (op === "test" && child(folder, last) !== value) return undefined;
    if (op === "replace") Object.assign(folder, { [last]: value });
  }
  return patched;
}

function child(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}
