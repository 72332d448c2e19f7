import { stripVTControlCharacters } from "node:util";
import { render } from "ink-testing-library";
import { afterEach, expect, test } from "vitest";
import { Keys } from "../../../src/ui/keys/keys.tsx";
import { List } from "../../../src/ui/widgets/list.tsx";
import { Styled } from "../../../src/ui/widgets/styled.tsx";

let unmount: (() => void) | undefined;
afterEach(() => unmount?.());

async function show(count: number) {
  const shown = render(
    <Keys>
      <List
        items={Array.from({ length: count }, (_, index) => `node ${index + 1}`)}
        width={10}
        height={3}
        keyOf={(item) => item}
        row={(item, selected) => <Styled as={selected ? "selected" : "plain"}>{item}</Styled>}
      />
    </Keys>,
  );
  unmount = shown.unmount;
  await expect.poll(() => shown.lastFrame()).toContain("node 1");
  return { stdin: shown.stdin, picture: () => stripVTControlCharacters(shown.lastFrame() ?? "") };
}

test("a list that fits has no marks", async () => {
  const { picture } = await show(3);
  expect(picture()).toBe("node 1\nnode 2\nnode 3");
});

test("a longer one says at its edge where it goes on", async () => {
  const { stdin, picture } = await show(5);
  expect(picture()).toBe("node 1\nnode 2\nnode 3   v");
  stdin.write("\u001B[B\u001B[B\u001B[B");
  await expect.poll(() => picture()).toBe("node 2   ^\nnode 3\nnode 4   v");
  stdin.write("\u001B[F");
  await expect.poll(() => picture()).toBe("node 3   ^\nnode 4\nnode 5");
});
