import { decode, encode } from "dns-packet";

/** A DNS query for the IPv4 addresses of a name, as base64 of the bytes that go over UDP. */
export function dnsQuery(name: string): string {
  return encode({
    type: "query",
    id: 0x6b69,
    flags: 0x0100,
    questions: [{ type: "A", class: "IN", name }],
  }).toString("base64");
}

/** The IPv4 addresses in a DNS answer, or undefined when the bytes are no answer to `dnsQuery`. */
export function dnsAddresses(base64: string): readonly string[] | undefined {
  if (base64 === "") return undefined;
  try {
    const packet = decode(Buffer.from(base64, "base64"));
    if (packet.type !== "response" || packet.id !== 0x6b69) return undefined;
    return (packet.answers ?? []).flatMap((answer) => (answer.type === "A" ? [answer.data] : []));
  } catch {
    return undefined;
  }
}
