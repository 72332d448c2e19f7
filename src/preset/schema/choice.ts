import { z } from "zod";
import { help, type KeyHelp } from "./text.ts";

/** A mapping in which exactly one of the keys must stand. */
export function choice<Shape extends z.core.$ZodLooseShape>(shape: Shape, about: KeyHelp) {
  const keys = Object.keys(shape);
  return z
    .strictObject(shape)
    .superRefine(
      (value, context) => {
        const given = keys.filter((key) => key in value);
        if (given.length === 1) return;
        const message = given.length === 0 ? "is empty" : `has ${given.join(" and ")} at once`;
        const params = { choice: true, empty: given.length === 0, allowed: `exactly one of ${keys.join(", ")}` };
        context.addIssue({ code: "custom", message, params });
      },
      { when: ({ value }) => typeof value === "object" && value !== null },
    )
    .meta({ ...help(about), minProperties: 1, maxProperties: 1 });
}
