import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { pictureFile, pictureOf } from "../../../scripts/tour/pictures.ts";
import { textOf } from "../../../scripts/tour/svg.ts";
import { scenes } from "./scenes.ts";

describe("the tour", () => {
  test.each(scenes)("shows the program as it is: $id (else run: npm run tour)", async (scene) => {
    const picture = await readFile(pictureFile(scene), "utf8");
    expect(textOf(picture)).toBe(textOf(await pictureOf(scene)));
    expect(picture).toContain(`<title>${scene.title}</title>`);
  });

  test("has every picture in its page, and none besides", async () => {
    const page = await readFile("docs/tour.md", "utf8");
    const shown = [...page.matchAll(/\]\((tour\/[\w-]+\.svg)\)/g)].map(([, file]) => `docs/${file}`);
    expect(shown.toSorted()).toEqual(scenes.map(pictureFile).toSorted());
    expect((await readdir("docs/tour")).toSorted()).toEqual(scenes.map(({ id }) => `${id}.svg`).toSorted());
  });
});
