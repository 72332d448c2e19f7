import { z } from "zod";
import { InstallerError } from "../engine/errors.ts";

const text = z.record(z.string(), z.string());

/** The parts of a Pod this program looks at. */
export const podObject = z.object({
  spec: z.object({ nodeName: z.string().optional() }),
  status: z.object({
    phase: z.string().optional(),
    podIP: z.string().optional(),
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    containerStatuses: z
      .array(
        z.object({
          state: z.object({ waiting: z.object({ reason: z.string(), message: z.string().optional() }).optional() }),
        }),
      )
      .default([]),
  }),
});
export type PodObject = z.infer<typeof podObject>;

/** The parts of a ConfigMap this program looks at. */
export const configMapObject = z.object({ data: text.default({}) });

/** A list of objects as `kubectl get -o json` prints it. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** Whether a condition such as `Ready` holds. */
export function holds(conditions: readonly { type: string; status: string }[], type: string): boolean {
  return conditions.some((condition) => condition.type === type && condition.status === "True");
}

/**
 * Reads JSON that kubectl printed.
 * @throws InstallerError `step-failed` when it is not what the schema says
 */
export function parseObject<T>(schema: z.ZodType<T>, json: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new InstallerError("step-failed", {
      message: "kubectl did not print JSON.",
      output: json.slice(0, 500),
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InstallerError("step-failed", {
    message: `kubectl printed an object this program cannot read: ${parsed.error.issues[0]?.message ?? "unknown reason"}`,
    output: json.slice(0, 500),
  });
}
