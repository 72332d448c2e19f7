/** A queue that gives out the most urgent entry first; equally urgent ones come in the order they were put in. */
export interface PriorityQueue<T> {
  put(entry: T, urgency: number): void;
  take(): T | undefined;
}

interface Placed<T> {
  readonly entry: T;
  readonly urgency: number;
  readonly turn: number;
}

/** Makes an empty queue: a binary heap, so that both operations cost the logarithm of its length. */
export function createPriorityQueue<T>(): PriorityQueue<T> {
  const heap: Placed<T>[] = [];
  let turns = 0;
  const isBefore = (left: number, right: number): boolean => {
    const [one, other] = [heap[left], heap[right]];
    if (one === undefined || other === undefined) return one !== undefined;
    return one.urgency === other.urgency ? one.turn < other.turn : one.urgency > other.urgency;
  };
  const swap = (left: number, right: number): void => {
    const [one, other] = [heap[left], heap[right]];
    if (one === undefined || other === undefined) return;
    heap[left] = other;
    heap[right] = one;
  };
  return {
    put: (entry, urgency) => {
      heap.push({ entry, urgency, turn: turns++ });
      for (let at = heap.length - 1; at > 0; ) {
        const above = (at - 1) >> 1;
        if (!isBefore(at, above)) return;
        swap(at, above);
        at = above;
      }
    },
    take: () => {
      swap(0, heap.length - 1);
      const taken = heap.pop();
      for (let at = 0; ; ) {
        let first = at;
        for (const below of [2 * at + 1, 2 * at + 2]) if (isBefore(below, first)) first = below;
        if (first === at) return taken?.entry;
        swap(at, first);
        at = first;
      }
    },
  };
}
