/** A text by which a secret would be recognised wherever it turned up. */
export interface Needle {
  readonly secret: string;
  readonly text: string;
}

/** The ways a password or token may be written: as it is, in base64, in an address. */
export function needlesOf(secret: string, value: string): Needle[] {
  const base64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
  const forms = new Set([value, base64.slice(0, -1), encodeURIComponent(value)]);
  return [...forms].map((text) => ({ secret, text }));
}

/** The lines at the end of a PEM block, where its private half stands, as they are and in base64. */
export function needlesOfKey(secret: string, pem: string): Needle[] {
  const [, body = ""] = /-----BEGIN [A-Z ]*PRIVATE KEY-----\n([^-]+)\n-----END/.exec(pem) ?? [];
  const lines = body.split("\n").filter((line) => line.length >= 40);
  const chosen = lines.slice(-4);
  if (chosen.length === 0) throw new Error(`${secret} is no private key`);
  return chosen.flatMap((line) => {
    // However the base64 of a whole file is aligned, one of these three stands in it.
    const encoded = [0, 1, 2].map((skip) => Buffer.from(line.slice(skip, skip + 36)).toString("base64"));
    return [line, ...encoded].map((text) => ({ secret, text }));
  });
}

/** The secrets a text shows. */
export function shownIn(text: string, needles: readonly Needle[]): string[] {
  return [...new Set(needles.filter((needle) => text.includes(needle.text)).map(({ secret }) => secret))];
}
