import { expect, test } from "vitest";
import { differingFiles } from "../../../../src/steps/receipt/put-files.ts";

const files = [
  { path: "/etc/a", content: "hello\n" },
  { path: "/etc/key", content: Buffer.from("hello\n"), mode: 0o600 },
];
const hello = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

test("a file counts as wanted when digest and permission bits are", () => {
  expect(differingFiles(files, `${hello} 644 /etc/a\n${hello} 600 /etc/key\n`)).toEqual([]);
});

test("one with other bits, other content, or none at all differs", () => {
  expect(differingFiles(files, `${hello} 644 /etc/a\n${hello} 644 /etc/key\n`)).toEqual(["/etc/key"]);
  expect(differingFiles(files, `${hello.replace("5", "6")} 644 /etc/a\n`)).toEqual(["/etc/a", "/etc/key"]);
  expect(differingFiles(files, "")).toEqual(["/etc/a", "/etc/key"]);
});
