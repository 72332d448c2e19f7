import { render } from "ink-testing-library";
import { afterEach, describe, expect, test } from "vitest";
import { Keys } from "../../../src/ui/keys/keys.tsx";
import { Choices } from "../../../src/ui/widgets/choices.tsx";

const choices = [
  { value: "no", label: "No, change nothing" },
  { value: "yes", label: "Yes, destroy", note: "it is gone then", danger: true },
] as const;

describe("a few answers", () => {
  let unmount: (() => void) | undefined;
  afterEach(() => unmount?.());

  async function show() {
    const chosen: string[] = [];
    const shown = render(
      <Keys>
        <Choices choices={choices} initial="no" onChoose={(value) => chosen.push(value)} />
      </Keys>,
    );
    unmount = shown.unmount;
    await expect.poll(() => shown.lastFrame()).toContain("> No, change nothing");
    return { ...shown, chosen };
  }

  test("begin at the safe one, and Enter takes it", async () => {
    const { stdin, chosen } = await show();
    stdin.write("\r");
    await expect.poll(() => chosen).toEqual(["no"]);
  });

  test("are taken as they are after all keys, also when these come faster than frames", async () => {
    const { stdin, chosen } = await show();
    stdin.write("\u001B[B\r");
    await expect.poll(() => chosen).toEqual(["yes"]);
  });

  test("go round: behind the last one comes the first", async () => {
    const { stdin, lastFrame } = await show();
    stdin.write("\u001B[B");
    await expect.poll(() => lastFrame()).toContain("> Yes, destroy");
    stdin.write("\u001B[B");
    await expect.poll(() => lastFrame()).toContain("> No, change nothing");
  });

  test("have a first and a last one for Home and End", async () => {
    const { stdin, lastFrame } = await show();
    stdin.write("\u001B[F");
    await expect.poll(() => lastFrame()).toContain("> Yes, destroy");
    stdin.write("\u001B[H");
    await expect.poll(() => lastFrame()).toContain("> No, change nothing");
  });

  test("say what an answer means beside it", async () => {
    const { lastFrame } = await show();
    expect(lastFrame()).toContain("it is gone then");
  });
});
