import type { Characters } from "../../widgets/text-field.tsx";

/** What names, ranges and the like can consist of. */
export const nameCharacters: Characters = { valid: /[a-z0-9-]/, inWords: "a-z, 0-9 and -" };
export const rangeCharacters: Characters = { valid: /[0-9./]/, inWords: "digits, dots and a slash" };
export const versionCharacters: Characters = { valid: /[0-9.]/, inWords: "digits and dots" };
export const domainCharacters: Characters = { valid: /[a-z0-9.-]/, inWords: "a-z, 0-9, - and dots" };
/** Addresses of all kinds have no blanks in them. */
export const addressCharacters: Characters = { valid: /[^\s]/, inWords: "an address without blanks" };
