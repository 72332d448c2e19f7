import { expect, test } from "vitest";
import { InstallerError } from "../../../../src/engine/errors.ts";
import { endpointsOf } from "../../../../src/steps/verify/wait-for-test-pods.ts";
import { situation } from "../situation.ts";

test("a Service without Endpoints is told as what it usually is, with the cure", async () => {
  const { context } = situation({ "cp-1": { answer: () => "" } });
  const impatient: typeof context.until = async (what, _deadline, look) => {
    const observed = await look();
    if (observed.done) return observed.value;
    throw new InstallerError("deadline-exceeded", { message: `Waited for ${what}; last seen: ${observed.saw}` });
  };
  const failure = await endpointsOf({ ...context, until: impatient }, [
    { node: context.node, address: "10.244.0.2" },
  ]).catch((thrown) => thrown);
  expect(failure).toMatchObject({ code: "verification-failed" });
  expect(failure.message).toContain("0 of 1 Endpoints");
  expect(failure.details.likelyCause).toContain("97294");
  expect(failure.details.nextSteps[0]).toContain("crictl stop");
});
