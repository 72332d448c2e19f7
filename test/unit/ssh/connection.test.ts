import { Client } from "ssh2";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createConnection } from "../../../src/ssh/connection.ts";

describe("a connection that is closed", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("does not wait for ever for a client that has closed without being heard", async () => {
    const connection = createConnection(async () => new Client());
    await connection.client(new AbortController().signal);
    const closed = connection.close();
    await vi.advanceTimersByTimeAsync(2000);
    await expect(closed).resolves.toBeUndefined();
  });
});
