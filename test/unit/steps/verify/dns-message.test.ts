import { encode } from "dns-packet";
import { describe, expect, test } from "vitest";
import { dnsAddresses, dnsQuery } from "../../../../src/steps/verify/dns-message.ts";

const response = (answers: NonNullable<Parameters<typeof encode>[0]["answers"]>, id = 0x6b69) =>
  encode({ type: "response", id, answers }).toString("base64");

describe("DNS over a shell", () => {
  test("a query is bytes any resolver understands", () => {
    const bytes = Buffer.from(dnsQuery("a.b"), "base64");
    expect(bytes.toString("hex")).toBe("6b6901000001000000000000" + "0161" + "0162" + "00" + "0001" + "0001");
  });

  test("an answer gives its addresses", () => {
    const answers = [{ type: "A", name: "a.b", data: "10.96.0.7" }] as const;
    expect(dnsAddresses(response([...answers]))).toEqual(["10.96.0.7"]);
    expect(dnsAddresses(response([]))).toEqual([]);
  });

  test("silence, garbage and the answer to another question are no answer", () => {
    expect(dnsAddresses("")).toBeUndefined();
    expect(dnsAddresses(btoa("nonsense"))).toBeUndefined();
    expect(dnsAddresses(response([], 1))).toBeUndefined();
    expect(dnsAddresses(dnsQuery("a.b"))).toBeUndefined();
  });
});
