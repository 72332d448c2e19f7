import { describe, expect, test } from "vitest";
import { mirrors } from "../../../../src/topology/lab/host-apt.ts";

describe("mirrors", () => {
  test("are those of Debian's own stanzas, not those of other repositories", () => {
    const sources = `Types: deb deb-src
# a comment
URIs: http://mirror.example.com/debian/
Suites: bookworm bookworm-updates
Components: main contrib

Types: deb
URIs: https://security.example.com/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: https://deb.nodesource.com/node_20.x
Suites: nodistro
Components: main`;
    expect(mirrors(sources)).toEqual({
      mirror: "http://mirror.example.com/debian",
      securityMirror: "https://security.example.com/debian-security",
    });
  });

  test("are found in one-line sources with options", () => {
    const sources = `# deb http://old.example.com/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://near.example.com/debian bookworm main
deb http://near.example.com/security bookworm-security main contrib
deb https://packages.example.com/apt cloud-sdk-bookworm main`;
    expect(mirrors(sources)).toEqual({
      mirror: "http://near.example.com/debian",
      securityMirror: "http://near.example.com/security",
    });
  });

  test("are those of another Debian where this machine is one", () => {
    const sources =
      "deb http://mirror.example.com/debian trixie main\ndeb http://mirror.example.com/debian-security trixie-security main\n";
    expect(mirrors(sources)).toEqual({
      mirror: "http://mirror.example.com/debian",
      securityMirror: "http://mirror.example.com/debian-security",
    });
  });

  test("a disabled stanza does not count", () => {
    const sources =
      "Enabled: no\nTypes: deb\nURIs: http://off.example.com/debian\nSuites: bookworm\nComponents: main\n";
    expect(() => mirrors(sources)).toThrow("name no mirror of Debian");
  });

  test("a machine without Debian's security updates is told so", () => {
    const sources = "deb http://mirror.example.com/debian bookworm main\n";
    expect(() => mirrors(sources)).toThrow("no mirror of Debian's security updates");
  });
});
