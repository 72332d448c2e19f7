import { Text } from "ink";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { Keys, useKeys } from "../../../src/ui/keys/keys.tsx";
import { ThemeProvider } from "../../../src/ui/theme/theme.tsx";
import { Footer } from "../../../src/ui/widgets/footer.tsx";
import { type Rig, rig } from "../screen-rig.tsx";

/** Changes in place, as what is shown of a run does. */
interface World {
  failed: boolean;
  jumps: number;
  drawings: number;
  tick: (time: number) => void;
}

function Nodes({ world }: { world: World }) {
  const [now, setNow] = useState(0);
  world.tick = setNow;
  world.drawings += 1;
  const jump = (): void => {
    world.jumps += 1;
  };
  useKeys("nodes", { filter: () => undefined, nextFailed: world.failed ? jump : undefined });
  return <Text>{`time ${now}`}</Text>;
}

let open: Rig | undefined;
afterEach(() => open?.close());

test("a key is told and heard although what allows it came while a picture was made that was thrown away", async () => {
  const world: World = { failed: false, jumps: 0, drawings: 0, tick: () => undefined };
  open = await rig(
    <ThemeProvider appearance={{ colour: false, unicode: true, screenReader: false }}>
      <Keys>
        <Nodes world={world} />
        <Footer width={60} />
      </Keys>
    </ThemeProvider>,
  );
  const { shows, press, quiet } = open;
  world.tick(1);
  await shows("time 1");
  await quiet();
  world.failed = true;
  const before = world.drawings;
  world.tick(1);
  await expect.poll(() => world.drawings).toBeGreaterThan(before);
  world.tick(2);
  await shows("time 2");
  await shows("n next failed");
  await press("n");
  expect(world.jumps).toBe(1);
});
