import { formatDuration, seconds } from "../../../engine/time.ts";
import type { Facts } from "../../../facts/facts.ts";
import type { Check } from "../check.ts";

const limits = { warning: seconds(5), error: seconds(30) } as const;

/** Certificates made by a clock that is ahead are not valid yet for one that is behind. */
export const clockSkew: Check = {
  id: "clock.skew",
  looksAt: "difference from the node whose clock is in the middle, less what the network's delay leaves uncertain",
  limit: "5 s (warning), 30 s (error)",
  severity: "error or warning",
  source: "https://kubernetes.io/docs/setup/best-practices/certificates/",
  look: ({ nodes }) => {
    const offsets = nodes.map(({ name, facts }) => ({ name, ...offsetOf(facts.clock) }));
    const middle = [...offsets].sort((left, right) => left.offset - right.offset)[Math.floor(offsets.length / 2)];
    if (middle === undefined) return [];
    return offsets.flatMap(({ name, offset, uncertainty }) => {
      const skew = offset - middle.offset;
      const certain = Math.abs(skew) - uncertainty - middle.uncertainty;
      if (certain <= limits.warning) return [];
      return [
        {
          severity: certain > limits.error ? ("error" as const) : ("warning" as const),
          node: name,
          message: `The clock is ${skew > 0 ? "ahead of" : "behind"} that of ${middle.name}`,
          measured: formatDuration(Math.abs(skew)),
          fix: "`apt-get install systemd-timesyncd && systemctl restart systemd-timesyncd`, then `timedatectl`",
        },
      ];
    });
  },
};

/** The node's clock less the operator's, and by how much that may be wrong because of the way there and back. */
export function offsetOf({ nodeTime, askedAt, answeredAt, nodeSpent }: Facts["clock"]) {
  return {
    offset: nodeTime - (askedAt + answeredAt) / 2,
    uncertainty: Math.max(0, (answeredAt - askedAt - nodeSpent) / 2),
  };
}
