import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createThrottled } from "../../../src/ui/run/throttle.ts";

describe("telling of changes", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("happens at once, then at most once per interval, and never for nothing", () => {
    const throttled = createThrottled(100);
    const hear = vi.fn();
    throttled.subscribe(hear);
    for (let change = 0; change < 50; change++) throttled.touch();
    expect(hear).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(hear).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1000);
    expect(hear).toHaveBeenCalledTimes(2);
    expect(throttled.version()).toBe(2);
  });

  test("the last change is told when it is closed, and nothing after it", () => {
    const throttled = createThrottled(100);
    const hear = vi.fn();
    throttled.subscribe(hear);
    throttled.touch();
    throttled.touch();
    throttled.close();
    expect(hear).toHaveBeenCalledTimes(2);
    throttled.touch();
    vi.advanceTimersByTime(1000);
    expect(hear).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("comes a whole interval after listeners looked by themselves", () => {
    const throttled = createThrottled(100);
    const hear = vi.fn();
    throttled.subscribe(hear);
    throttled.touch();
    throttled.touch();
    vi.advanceTimersByTime(90);
    throttled.seen();
    vi.advanceTimersByTime(90);
    expect(hear).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10);
    expect(hear).toHaveBeenCalledTimes(2);
  });

  test("who stopped listening hears nothing", () => {
    const throttled = createThrottled(100);
    const hear = vi.fn();
    throttled.subscribe(hear)();
    throttled.touch();
    expect(hear).not.toHaveBeenCalled();
  });
});
