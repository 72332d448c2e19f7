import { z } from "zod";
import { eventSchema } from "./event-schema.ts";

/** The first line of a journal: which run it is, of what and by whom. */
export const journalHeaderSchema = z.object({
  type: z.literal("journal"),
  /** Version of this format: a minor one adds, a major one may take away. */
  schema: z.string().regex(/^1\.\d+$/),
  run: z.string(),
  cluster: z.string(),
  command: z.string(),
  program: z.string(),
  /** `sha256:…` of the preset as it was read. */
  presetDigest: z.string().exactOptional(),
  /** Where that was, as an absolute path. */
  presetFile: z.string().exactOptional(),
  host: z.string(),
  pid: z.int(),
  scope: z.string().exactOptional(),
  startTicks: z.string().exactOptional(),
  started: z.iso.datetime(),
});
export type JournalHeader = Readonly<z.infer<typeof journalHeaderSchema>>;

/** Stands where events could not be written. */
const gapSchema = z.object({ type: z.literal("gap"), ts: z.iso.datetime(), lost: z.int().min(1) });

/** Every line after the header. */
export const journalLineSchema = z.discriminatedUnion("type", [
  gapSchema,
  ...eventSchema.options.map((option) => option.extend({ ts: z.iso.datetime() })),
]);
export type JournalLine = z.infer<typeof journalLineSchema>;
