import { expect, test } from "vitest";
import type { Path } from "../../../src/preset/path.ts";
import { emptiedBy } from "../../../src/ui/wizard/emptied-by.ts";

const keep: Path = ["spec", "topology", "static"];
const draftWith = (ssh: { readonly keyFile?: string; readonly bastion?: { readonly address: string } }) => ({
  spec: { topology: { static: { ssh } } },
});

test("the last value takes what is around it along, as far as something is to be kept", () => {
  expect(emptiedBy(draftWith({ keyFile: "key" }), [...keep, "ssh", "keyFile"], keep)).toEqual([...keep, "ssh"]);
  const bastion = draftWith({ bastion: { address: "10.0.0.5" } });
  expect(emptiedBy(bastion, [...keep, "ssh", "bastion", "address"], keep)).toEqual([...keep, "ssh"]);
});

test("a value among others goes alone", () => {
  const both = draftWith({ keyFile: "key", bastion: { address: "10.0.0.5" } });
  expect(emptiedBy(both, [...keep, "ssh", "keyFile"], keep)).toEqual([...keep, "ssh", "keyFile"]);
});

test("a value that is not there takes nothing along", () => {
  const path = [...keep, "ssh", "hostKeys"];
  expect(emptiedBy(draftWith({ keyFile: "key" }), path, keep)).toEqual(path);
});
