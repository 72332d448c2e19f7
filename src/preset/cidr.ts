/** A range of IPv4 addresses as two numbers, both inclusive. */
export interface Range {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** The address as a number, or undefined when it is not one in dotted decimal without leading zeros. */
export function parseIPv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1);
  if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith("0")))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function formatIPv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The range a text such as `10.244.0.0/16` covers, whatever host bits it has, or undefined when it is none. */
export function parseRange(text: string): Range | undefined {
  const match = /^(?<address>[\d.]+)\/(?<prefix>0|[1-9]\d?)$/.exec(text);
  const address = parseIPv4(match?.groups?.address ?? "");
  const prefix = Number(match?.groups?.prefix);
  if (address === undefined || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1, prefix };
}

export function formatRange({ first, prefix }: Range): string {
  return `${formatIPv4(first)}/${prefix}`;
}

export function overlaps(left: Range, right: Range): boolean {
  return left.first <= right.last && right.first <= left.last;
}

export function contains(range: Range, address: number): boolean {
  return range.first <= address && address <= range.last;
}
