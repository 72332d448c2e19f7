import { describe, expect, test } from "vitest";
import { detectAppearance } from "../../../src/ui/terminal/appearance.ts";

const usual = { TERM: "xterm-256color", LANG: "en_GB.UTF-8" };

describe("how the program looks", () => {
  test("colours and symbols where the terminal has them", () => {
    expect(detectAppearance(usual)).toEqual({ colour: true, unicode: true, screenReader: false });
  });

  test.each([
    ["NO_COLOR takes the colours away", { NO_COLOR: "1" }, { colour: false }],
    ["an empty NO_COLOR says nothing", { NO_COLOR: "" }, { colour: true }],
    ["FORCE_COLOR goes before NO_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, { colour: true }],
    ["a locale without UTF-8 is ASCII", { LANG: "C" }, { unicode: false }],
    ["the Linux console lacks the symbols", { TERM: "linux" }, { unicode: false }],
    ["ACCESSIBLE asks instead of drawing", { ACCESSIBLE: "1" }, { screenReader: true }],
    ["so does INK_SCREEN_READER", { INK_SCREEN_READER: "true" }, { screenReader: true }],
    ["ACCESSIBLE=0 draws", { ACCESSIBLE: "0", INK_SCREEN_READER: "true" }, { screenReader: false }],
  ])("%s", (_, environment, expected) => {
    expect(detectAppearance({ ...usual, ...environment })).toMatchObject(expected);
  });

  test("flags go before the environment", () => {
    const environment = { ...usual, NO_COLOR: "1", ACCESSIBLE: "1" };
    const wishes = { colour: true, ascii: true, screenReader: false };
    expect(detectAppearance(environment, wishes)).toEqual({ colour: true, unicode: false, screenReader: false });
  });
});
