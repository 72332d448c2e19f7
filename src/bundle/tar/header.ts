/** Size of a tar header and the unit that content is padded to. */
export const blockSize = 512;

/** The fields of one tar header this program looks at. */
export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** The type flag: `0` file, `5` directory, `1` and `2` links, `x`, `g`, `L`, `K` additions to the next header. */
  readonly type: string;
}

/**
 * Reads a header block; undefined for a block of zeros, which ends an archive.
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06
 * @throws Error when the checksum is wrong, which means that this is no tar or a damaged one
 */
export function parseHeader(block: Buffer): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (checksum(block) !== parseNumber(block.subarray(148, 156))) throw new Error("a tar header has a wrong checksum");
  const prefix = block.toString("latin1", 257, 262) === "ustar" ? text(block.subarray(345, 500)) : "";
  const gnu = block.toString("latin1", 257, 265) === "ustar  \0";
  const name = text(block.subarray(0, 100));
  const flag = String.fromCharCode(block[156] ?? 0);
  return {
    name: prefix === "" || gnu ? name : `${prefix}/${name}`,
    size: parseNumber(block.subarray(124, 136)),
    type: flag === "\0" || flag === "7" ? "0" : flag,
  };
}

/** Makes the header of a regular file owned by root and dated 1970, so that the same content gives the same archive. */
export function fileHeader(name: string, size: number, mode: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`the name ${name} is too long for a tar header`);
  const block = Buffer.alloc(blockSize);
  block.write(name, 0, "utf8");
  writeOctal(block, mode, 100, 8);
  writeOctal(block, 0, 108, 8);
  writeOctal(block, 0, 116, 8);
  writeOctal(block, size, 124, 12);
  writeOctal(block, 0, 136, 12);
  block.write("0", 156, "latin1");
  block.write("ustar\u000000", 257, "latin1");
  block.write(`${checksum(block).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** Bytes that fill content of this size up to a whole block. */
export function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

function writeOctal(block: Buffer, value: number, offset: number, width: number): void {
  const digits = value.toString(8);
  if (digits.length > width - 1) throw new Error(`${value} does not fit into a tar header`);
  block.write(digits.padStart(width - 1, "0"), offset, "latin1");
}

/** The sum of all bytes, the checksum field counted as blanks. */
function checksum(block: Buffer): number {
  let sum = 8 * 32;
  for (let index = 0; index < block.length; index++) if (index < 148 || index >= 156) sum += block[index] ?? 0;
  return sum;
}

/** Octal text, or big-endian binary when the top bit is set, as GNU tar writes sizes of 8 GiB and more. */
function parseNumber(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) !== 0) return Number(BigInt(`0x${field.subarray(1).toString("hex")}`));
  const digits = text(field).trim();
  if (!/^[0-7]*$/.test(digits)) throw new Error("a tar header holds a number that is none");
  return Number.parseInt(digits || "0", 8);
}

function text(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end === -1 ? field.length : end);
}
