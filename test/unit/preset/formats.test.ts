import { describe, expect, test } from "vitest";
import type { TextCheck } from "../../../src/preset/finding.ts";
import { checkAddress, checkCidr, checkFingerprint, checkLabel, checkSubdomain } from "../../../src/preset/formats.ts";
import { checkVersion } from "../../../src/preset/versions.ts";
import { checkEndpoint, checkRegistry, checkUrl } from "../../../src/preset/web-formats.ts";

const cases: readonly [string, TextCheck, readonly string[], readonly string[]][] = [
  [
    "DNS label",
    checkLabel,
    ["a", "cp-1", "1a", "x".repeat(63)],
    ["", "A", "-a", "a-", "a.b", "a_b", "x".repeat(64), "ä", "a\n"],
  ],
  [
    "DNS name",
    checkSubdomain,
    ["a", "cluster.local", "a-1.b2.c"],
    ["", ".", "a.", ".a", "a..b", "A.b", `${"a.".repeat(126)}ab`],
  ],
  [
    "address",
    checkAddress,
    ["10.0.0.1", "fd00::1", "host", "Host_1", "w-1.example.com"],
    [
      "",
      " ",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.256",
      "01.2.3.4",
      "127.0.0.1",
      "::1",
      "host:22",
      "u@h",
      "http://h",
      "a b",
      "-a",
      "$(reboot)",
    ],
  ],
  [
    "range",
    checkCidr,
    ["10.244.0.0/16", "192.168.0.0/24", "172.16.0.0/12"],
    [
      "",
      "10.0.0.0",
      "10.0.0.0/33",
      "10.0.0.0/016",
      "10.0.0.1/24",
      "10.0.0/8",
      "fd00::/64",
      "169.254.0.0/16",
      "0.0.0.0/0",
    ],
  ],
  [
    "endpoint",
    checkEndpoint,
    ["k8s.example.com:6443", "10.0.0.1:443", "[fd00::1]:6443"],
    ["", "host", "host:", "host:0", "host:65536", ":6443", "http://host:1", "a b:1", "[x]:1", "fd00::1:6443"],
  ],
  [
    "web address",
    checkUrl,
    ["http://a", "https://a.b:1/c?d"],
    ["", "a.b", "ftp://a", "http://", "http:///x", "https://u:p@h", "file:///etc"],
  ],
  [
    "fingerprint",
    checkFingerprint,
    [`SHA256:${"a".repeat(43)}`],
    ["", "SHA256:", `MD5:${"aa:".repeat(15)}aa`, `SHA256:${"a".repeat(43)}=`],
  ],
  [
    "registry",
    checkRegistry,
    ["registry.k8s.io", "localhost:5000"],
    ["", "https://docker.io", "docker.io/library", "a b"],
  ],
  [
    "version",
    checkVersion,
    ["1.20.0", "1.37.99"],
    ["", "1", "1.20", "v1.20.2", "1.19.9", "1.38.0", "2.0.0", "1.20.2-rc.1", "1.020.2", "latest"],
  ],
];

describe.each(cases)("%s", (_, check, valid, invalid) => {
  test.each(valid)("%j is one", (text) => {
    expect(check(text)).toBeUndefined();
  });
  test.each(invalid)("%j is none", (text) => {
    expect(check(text)).toMatchObject({ message: expect.stringMatching(/\S/) });
  });
});
