import { render } from "ink-testing-library";
import { afterEach, describe, expect, test } from "vitest";
import { Keys } from "../../../src/ui/keys/keys.tsx";
import { TextField } from "../../../src/ui/widgets/text-field.tsx";

describe("a line of text", () => {
  let unmount: (() => void) | undefined;
  afterEach(() => unmount?.());

  async function show(value = "") {
    const taken: string[] = [];
    const shown = render(
      <Keys>
        <TextField
          label="Name"
          value={value}
          focused
          width={60}
          hint="a DNS label"
          problem={(text) => (text === "" ? "A name is needed" : undefined)}
          onSubmit={(text) => taken.push(text)}
        />
      </Keys>,
    );
    unmount = shown.unmount;
    await expect.poll(() => shown.lastFrame()).toContain("Name:");
    return { ...shown, taken };
  }

  test("says what is wrong in place of the help, and is not taken before it is mended", async () => {
    const { stdin, lastFrame, taken } = await show();
    expect(lastFrame()).toContain("A name is needed");
    stdin.write("\r");
    stdin.write("demo");
    await expect.poll(() => lastFrame()).toContain("a DNS label");
    expect(taken).toEqual([]);
    stdin.write("\r");
    await expect.poll(() => taken).toEqual(["demo"]);
  });

  test("takes keys that come faster than frames in their order", async () => {
    const { stdin, taken } = await show("dmo");
    stdin.write("\u001B[D\u001B[De\r");
    await expect.poll(() => taken).toEqual(["demo"]);
  });
});
