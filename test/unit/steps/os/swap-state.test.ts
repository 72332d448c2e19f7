import { expect, test } from "vitest";
import { swapState } from "../../../../src/steps/os/swap-state.ts";

const answering = (answers: Readonly<Record<string, string>>) => ({
  read: async () => ({
    exitCode: 0,
    signal: null,
    stdout: Object.entries(answers)
      .map(([name, text]) => `\u001e${name}\n${text}`)
      .join(""),
    stderr: "",
  }),
});

test("swap of the node, of a unit, and of the machine around a container are told apart", async () => {
  const node = answering({
    swaps: "own /swapfile\nforeign /host/swap file\n",
    units: "dev-zram0.swap\n",
    fstab: "/swapfile none swap sw 0 0\n",
  });
  expect(await swapState(node)).toEqual({
    own: ["/swapfile"],
    foreign: ["/host/swap file"],
    units: ["dev-zram0.swap"],
    fstab: "/swapfile none swap sw 0 0\n",
  });
});

test("a node without swap has none", async () => {
  expect(await swapState(answering({ swaps: "", units: "", fstab: "" }))).toEqual({
    own: [],
    foreign: [],
    units: [],
    fstab: "",
  });
});
