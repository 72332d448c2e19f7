interface Place {
  readonly step: string;
  readonly node?: string;
}

/** What the running steps have printed so far, at most the last lines of each. */
export interface KeptLines {
  add(place: Place, lines: readonly string[]): void;
  /** Gives a step's lines and forgets them. */
  take(place: Place): readonly string[];
}

/** @param most lines kept of a step */
export function keptLines(most = 1000): KeptLines {
  const kept = new Map<string, { lines: string[]; dropped: number }>();
  const keyOf = ({ step, node }: Place) => `${step}@${node ?? ""}`;
  return {
    add: (place, lines) => {
      const entry = kept.get(keyOf(place)) ?? { lines: [], dropped: 0 };
      kept.set(keyOf(place), entry);
      entry.lines.push(...lines);
      if (entry.lines.length > 2 * most) entry.dropped += entry.lines.splice(0, entry.lines.length - most).length;
    },
    take: (place) => {
      const { lines, dropped } = kept.get(keyOf(place)) ?? { lines: [], dropped: 0 };
      kept.delete(keyOf(place));
      return dropped === 0 ? lines : [`(${dropped} earlier lines are left out)`, ...lines];
    },
  };
}
