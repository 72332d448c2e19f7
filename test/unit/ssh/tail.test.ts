import { describe, expect, it } from "vitest";
import { createTail } from "../../../src/ssh/tail.ts";

describe("createTail", () => {
  it("gives everything as long as it fits", () => {
    const tail = createTail(100);
    tail.push(Buffer.from("one "));
    tail.push(Buffer.from("two"));
    expect(tail.text()).toBe("one two");
  });

  it("keeps the last bytes and never half a character", () => {
    const tail = createTail(5);
    for (let round = 0; round < 100; round++) tail.push(Buffer.from("€"));
    expect(tail.text()).toBe("€");
    tail.push(Buffer.from("ab"));
    expect(tail.text()).toBe("€ab");
  });
});
