import { describe, expect, test } from "vitest";
import { inRounds, nodesInRound, verificationDeadline } from "../../../../src/steps/verify/rounds.ts";

const nodes = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("the rounds of a verification", () => {
  test("a usual cluster is verified as a whole", () => {
    expect(inRounds(nodes(nodesInRound))).toEqual([nodes(nodesInRound)]);
    expect(inRounds([])).toEqual([]);
  });

  test("of a thousand nodes each has its round, none is large, and none holds only neighbours", () => {
    const rounds = inRounds(nodes(1000));
    expect(rounds.flat().sort((left, right) => left - right)).toEqual(nodes(1000));
    expect(rounds.every((round) => round.length <= nodesInRound)).toBe(true);
    expect(rounds.every((round) => Math.max(...round) - Math.min(...round) > 900)).toBe(true);
  });

  test("more of them may take longer", () => {
    expect(verificationDeadline(3)).toBe(verificationDeadline(nodesInRound));
    expect(verificationDeadline(1000)).toBe(25 * 60_000);
  });
});
