import { describe, expect, test } from "vitest";
import { survives } from "../../../src/steps/quorum.ts";

const three = ["cp-1", "cp-2", "cp-3"];

describe("survives", () => {
  test.each([
    { planes: ["cp-1"], lost: [], safe: true },
    { planes: ["cp-1"], lost: ["w-1", "w-2", "w-3"], safe: true },
    { planes: ["cp-1"], lost: ["cp-1"], safe: false },
    { planes: ["cp-1", "cp-2"], lost: ["cp-2"], safe: false },
    { planes: three, lost: ["cp-2"], safe: true },
    { planes: three, lost: ["cp-1"], safe: false },
    { planes: three, lost: ["cp-2", "cp-3"], safe: false },
    { planes: [...three, "cp-4"], lost: ["cp-2"], safe: true },
    { planes: [...three, "cp-4"], lost: ["cp-2", "cp-3"], safe: false },
    { planes: [...three, "cp-4", "cp-5"], lost: ["cp-2", "cp-3", "w-1"], safe: true },
    { planes: [...three, "cp-4", "cp-5"], lost: ["cp-2", "cp-3", "cp-4"], safe: false },
    { planes: [], lost: [], safe: false },
  ])("of $planes without $lost: $safe", ({ planes, lost, safe }) => {
    expect(survives(planes, new Set(lost))).toBe(safe);
  });
});
