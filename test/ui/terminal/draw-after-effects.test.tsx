import { Text } from "ink";
import { useLayoutEffect, useState } from "react";
import { afterEach, expect, test } from "vitest";
import { Keys, useKeys } from "../../../src/ui/keys/keys.tsx";
import { type Rig, rig } from "../screen-rig.tsx";

let open: Rig | undefined;
afterEach(() => void open?.close());

/** Says what an effect has made of it, as the footer says which keys work. */
function Late() {
  const [state, setState] = useState("stale");
  useLayoutEffect(() => setState("complete"), []);
  return <Text>{`screen, ${state}`}</Text>;
}

function Opening() {
  const [opened, setOpened] = useState(false);
  useKeys("choices", { choose: () => setOpened(true) });
  return opened ? <Late /> : <Text>closed</Text>;
}

test("what layout effects change is in the first frame already", async () => {
  const shown = await rig(
    <Keys>
      <Opening />
    </Keys>,
  );
  open = shown;
  const frames: string[] = [];
  shown.terminal.onWriteParsed(() => void frames.push(shown.screen()));
  await shown.shows("closed");
  await shown.quiet();
  await shown.press("enter");
  await shown.shows("screen, complete");
  expect(frames.filter((frame) => frame.includes("stale"))).toEqual([]);
});
