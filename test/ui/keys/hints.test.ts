import { expect, test } from "vitest";
import { footerHints } from "../../../src/ui/keys/hints.ts";
import { keyTable } from "../../../src/ui/keys/key-table.ts";

const { list, wizard, text, screen, everywhere } = keyTable;
const line = (bindings: Parameters<typeof footerHints>[0], width: number) =>
  footerHints(bindings, width, "…")
    .map(({ key, hint }) => `${key} ${hint}`)
    .join(" ");
const hub = [list.up, list.choose, wizard.preset, wizard.save, screen.back, everywhere.help, everywhere.quit];

test("all keys are told where there is room", () => {
  expect(line(hub, 80)).toBe("Up move Enter choose p preset Ctrl-S save Esc back ? help Ctrl-C quit");
});

test("where there is little the way back and the help are told all the same", () => {
  expect(line(hub, 50)).toBe("Up move Enter choose p preset Esc back ? keys …");
  expect(line(hub, 20)).toBe("Esc back ? keys …");
  for (let width = 20; width < 80; width++) expect(line(hub, width).length).toBeLessThan(width);
});

test("while typing only keys that write nothing are told", () => {
  const typing = [text.submit, wizard.preset, screen.back, everywhere.help];
  expect(line(typing, 80)).toBe("Enter take Ctrl-P preset Esc back F1 help");
  expect(line(typing, 36)).toBe("Enter take Esc back F1 keys …");
});
