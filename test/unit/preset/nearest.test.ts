import { expect, test } from "vitest";
import { nearest } from "../../../src/preset/nearest.ts";

const keys = ["address", "internalAddress", "keyFile", "name", "podCIDR", "roles", "user"];

test.each([
  ["adress", "address"],
  ["addres", "address"],
  ["adderss", "address"],
  ["keyfile", "keyFile"],
  ["key-file", "keyFile"],
  ["pod_cidr", "podCIDR"],
  ["podcird", "podCIDR"],
  ["role", "roles"],
  ["rolse", "roles"],
  ["usr", "user"],
  ["internaladdres", "internalAddress"],
])("%s was meant to be %s", (word, meant) => {
  expect(nearest(word, keys)).toBe(meant);
});

test.each(["", "x", "colour", "gateway", "zzzz", "a".repeat(1000)])("%j resembles nothing", (word) => {
  expect(nearest(word, keys)).toBeUndefined();
});
