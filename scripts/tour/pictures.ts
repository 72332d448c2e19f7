import { mkdir, readFile, writeFile } from "node:fs/promises";
import { type Scene, scenes } from "../../test/ui/tour/scenes.ts";
import { svgOf, textOf } from "./svg.ts";

/** The pictures of docs/tour.md are of this terminal. */
export const pictureSize = { columns: 100, rows: 30 };

/** Where the picture of a scene is. */
export function pictureFile({ id }: Pick<Scene, "id">): string {
  return `docs/tour/${id}.svg`;
}

/** Plays a scene in a terminal and draws what is on the screen then. */
export async function pictureOf(scene: Scene): Promise<string> {
  const stage = await scene.play({ size: pictureSize });
  try {
    await stage.quiet();
    return svgOf(stage.terminal, scene.title);
  } finally {
    stage.close();
  }
}

/** Writes the picture of every scene whose text changed; tells what it did. */
export async function drawTour(tell: (line: string) => void): Promise<void> {
  await mkdir("docs/tour", { recursive: true });
  for (const scene of scenes) {
    const file = pictureFile(scene);
    const picture = await pictureOf(scene);
    const before = await readFile(file, "utf8").catch(() => "");
    if (before !== picture) await writeFile(file, picture);
    tell(`${before === picture ? "current" : "drawn  "}  ${file}  (${textOf(picture).split("\n").length} lines)`);
  }
}
