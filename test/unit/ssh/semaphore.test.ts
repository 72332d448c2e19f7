import { describe, expect, it } from "vitest";
import { createSemaphore } from "../../../src/ssh/semaphore.ts";

const signal = new AbortController().signal;

describe("createSemaphore", () => {
  it("lets so many in at once and serves the others in order", async () => {
    const places = createSemaphore(2);
    const entered: number[] = [];
    let inside = 0;
    let most = 0;
    await Promise.all(
      [1, 2, 3, 4, 5].map(async (number) => {
        const release = await places.acquire(signal);
        entered.push(number);
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        release();
      }),
    );
    expect(most).toBe(2);
    expect(entered).toEqual([1, 2, 3, 4, 5]);
  });

  it("does not count a place given back twice", async () => {
    const places = createSemaphore(1);
    const release = await places.acquire(signal);
    release();
    release();
    await places.acquire(signal);
    const third = places.acquire(AbortSignal.timeout(1)).catch(() => "full");
    expect(await third).toBe("full");
  });

  it("lets a waiting one go when its signal is aborted, without losing the place", async () => {
    const places = createSemaphore(1);
    const release = await places.acquire(signal);
    const abort = new AbortController();
    const waiting = places.acquire(abort.signal);
    abort.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    release();
    await expect(places.acquire(signal)).resolves.toBeTypeOf("function");
  });
});
