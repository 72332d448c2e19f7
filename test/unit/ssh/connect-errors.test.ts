import { describe, expect, it } from "vitest";
import { connectError, worthRetrying } from "../../../src/ssh/connect-errors.ts";
import { HandshakeFailure, type Stage } from "../../../src/ssh/handshake.ts";
import type { ResolvedTarget } from "../../../src/ssh/resolve-target.ts";

const target: ResolvedTarget = {
  address: "10.0.0.11",
  port: 22,
  user: "root",
  keyFiles: [],
  keyFilesNamed: false,
  identitiesOnly: false,
  passwordFirst: false,
  hostKeyName: "10.0.0.11",
  hostKeys: "ask",
  pinned: [],
  knownHostsFiles: [],
};
const failure = (stage: Stage, message: string) => new HandshakeFailure(stage, new Error(message));
const describeFailure = (stage: Stage, message: string) =>
  connectError(failure(stage, message), target, { usable: [], unusable: [] }, { tried: ["key a"], accepted: [] });

describe("connectError", () => {
  it.each<[Stage, string, string]>([
    ["connect", "connect ECONNREFUSED 10.0.0.11:22", "no ssh server listens"],
    ["connect", "no answer within 20 s", "machine is down"],
    ["connect", "connect EHOSTUNREACH 10.0.0.11:22", "no way to that address"],
    ["connect", "getaddrinfo ENOTFOUND cp-1", "cannot be resolved"],
    ["connect", "(SSH) Channel open failure: Connection refused", "no ssh server listens"],
    ["connect", "(SSH) Channel open failure: open failed", "does not forward"],
    ["greet", "no answer within 20 s", "does not answer as an ssh server"],
    ["greet", "Connection lost before handshake", "MaxStartups"],
    ["greet", "Handshake failed: no matching key exchange algorithm", "post-quantum"],
  ])("explains, at the stage %s, `%s`", (stage, message, cause) => {
    const error = describeFailure(stage, message);
    expect(error.code).toBe("unreachable");
    expect(error.details.likelyCause).toContain(cause);
    expect(error.details.nextSteps?.length).toBeGreaterThan(0);
  });

  it("tells a refused login from a machine that cannot be reached", () => {
    const error = describeFailure("log in", "All configured authentication methods failed");
    expect(error.code).toBe("authentication-failed");
    expect(error.message).toContain("Tried: key a.");
    expect(describeFailure("log in", "Too many authentication failures").details.nextSteps?.[0]).toContain("keyFile");
  });
});

describe("worthRetrying", () => {
  it("is a server that is too busy, not one that refuses", () => {
    expect(worthRetrying(failure("greet", "Connection lost before handshake"))).toBe(true);
    expect(worthRetrying(failure("greet", "read ECONNRESET"))).toBe(true);
    expect(worthRetrying(failure("connect", "(SSH) Channel open failure: open failed"))).toBe(true);
    expect(worthRetrying(failure("connect", "connect ECONNREFUSED 10.0.0.11:22"))).toBe(false);
    expect(worthRetrying(failure("log in", "All configured authentication methods failed"))).toBe(false);
  });
});
