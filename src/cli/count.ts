import { InvalidArgumentError } from "commander";

/** Makes the parser of an option that takes a number from 1 to `most`. */
export function countUpTo(most: number): (text: string) => number {
  return (text) => {
    const count = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
    if (count >= 1 && count <= most) return count;
    throw new InvalidArgumentError(`It must be a number from 1 to ${most}.`);
  };
}
