import { afterEach, describe, expect, test } from "vitest";
import { App } from "../../src/ui/app/app.tsx";
import type { AppModel } from "../../src/ui/app/app-model.tsx";
import { appModel } from "./app-model.ts";
import { type Rig, rig } from "./screen-rig.tsx";

describe("the program on the screen", () => {
  let open: Rig | undefined;
  afterEach(() => open?.close());
  const start = async (model: AppModel, size?: { columns: number; rows: number }) => {
    open = await rig(<App model={model} appearance={{ colour: true, unicode: true, screenReader: false }} />, size);
    return open;
  };

  test("Ctrl-C asks, Ctrl-C again leaves", async () => {
    const { model, left } = appModel();
    const { press, shows } = await start(model);
    await shows("Install a cluster");
    await press("ctrl-c");
    await shows("Leave?");
    await press("ctrl-c");
    expect(left()).toBe(130);
  });

  test("Ctrl-C twice leaves, however fast they follow each other", async () => {
    const { model, left } = appModel();
    const { press, shows } = await start(model);
    await shows("Install a cluster");
    await press("\u0003\u0003");
    await expect.poll(left).toBe(130);
  });

  test("keys that come all at once are each heard by what the one before led to", async () => {
    const { model } = appModel();
    const { press, shows } = await start(model);
    await shows("Install a cluster");
    await press("\r\rdemo\r\u001B[B\r?");
    await shows("The machines of the cluster");
    expect(model.wizard.get().draft.metadata?.name).toBe("demo");
    expect(model.trail.get().map(({ screen }) => screen)).toEqual(["home", "wizard", "wizard"]);
  });

  test("Esc answers the question with what changes nothing", async () => {
    const { model, left } = appModel();
    const { press, shows, showsNot } = await start(model);
    await shows("Install a cluster");
    await press("ctrl-c");
    await shows("Leave?");
    await press("esc");
    await showsNot("Leave?");
    await shows("Install a cluster");
    expect(left()).toBeUndefined();
  });

  test("? shows every key of the screen and closes again", async () => {
    const { press, shows, showsNot } = await start(appModel().model);
    await shows("Install a cluster");
    await press("?");
    await shows("leave the program");
    await press("esc");
    await showsNot("leave the program");
  });

  test("a small terminal says how large it must be, and goes on as before when it is", async () => {
    const { press, shows, resize } = await start(appModel().model);
    await shows("Install a cluster");
    await press("enter");
    await shows("Review and install");
    await press("down");
    await resize(40, 12);
    await shows("Enlarge to 60x15 (now 40x12)");
    await resize(80, 24);
    await shows("❯ ○ Topology");
  });
});
