/**
 * Does two things at the same time. When one fails, the other is told to end and awaited, and the first failure thrown,
 * so that nothing goes on behind the caller's back.
 */
export async function together<First, Second>(
  signal: AbortSignal,
  first: (signal: AbortSignal) => Promise<First>,
  second: (signal: AbortSignal) => Promise<Second>,
): Promise<[First, Second]> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  let cause: { readonly thrown: unknown } | undefined;
  const guarded = <T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    act(either).catch((thrown: unknown) => {
      cause ??= { thrown };
      failure.abort(new DOMException("What was done at the same time failed.", "AbortError"));
      throw thrown;
    });
  const [one, other] = await Promise.allSettled([guarded(first), guarded(second)]);
  if (one.status === "fulfilled" && other.status === "fulfilled") return [one.value, other.value];
  throw cause?.thrown;
}
