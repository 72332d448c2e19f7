/** A sequence of numbers that a seed determines. */
export interface Random {
  /** From 0 up to, not including, 1. */
  share(): number;
  /** From 0 up to, not including, `below`. */
  integer(below: number): number;
  /** Letters and digits. */
  text(length: number): string;
  /** Another sequence, determined by this one's seed and a name. */
  fork(name: string): Random;
}

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Mulberry32 over a hash of the seed. */
export function createRandom(seed: string | number): Random {
  let state = hash(String(seed));
  const share = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number) => Math.floor(share() * below);
  return {
    share,
    integer,
    text: (length) => Array.from({ length }, () => letters[integer(letters.length)]).join(""),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
