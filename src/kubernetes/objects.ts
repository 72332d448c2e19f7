import { z } from "zod";
import { InstallerError } from "../engine/errors.ts";

const text = z.record(z.string(), z.string());

const metadata = z.object({
  name: z.string(),
  uid: z.string(),
  labels: text.default({}),
  annotations: text.default({}),
});

/** The parts of a Node this program looks at. */
export const nodeObject = z.object({
  metadata,
  spec: z.object({
    podCIDR: z.string().optional(),
    taints: z.array(z.object({ key: z.string(), value: z.string().optional(), effect: z.string() })).default([]),
  }),
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() })).default([]),
    addresses: z.array(z.object({ type: z.string(), address: z.string() })).default([]),
    nodeInfo: z.object({ kubeletVersion: z.string() }),
  }),
});
export type NodeObject = z.infer<typeof nodeObject>;

/** The parts of a Pod this program looks at. */
export const podObject = z.object({
  metadata,
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
