import type { Facts } from "../../../facts/facts.ts";
import { sh } from "../../../ssh/shell.ts";
import type { DiskLatency } from "../evidence.ts";
import type { Ask } from "./ask.ts";

const directory = "/var/lib/etcd";
const samples = 100;

/** Milliseconds half of the writes may take at most; beyond that etcd cannot keep its leader. */
export const slowestMedian = 100;

/** How often a disk that looks too slow is measured: what a run before this one left to be written passes. */
export const attempts = 4;

/** Seconds after which fewer samples must do. */
const longest = 4;

/** The number of clock_gettime, by architecture; perl's base has no finer clock than seconds. */
const clockCalls: Readonly<Record<string, number>> = { amd64: 228, arm64: 113 };

/**
 * Measures small durable writes as etcd makes them: 2300 bytes each, in a temporary file on the file system of
 * /var/lib/etcd. This is the only thing preflight writes; the file loses its name before the first write, so nothing
 * is left, whatever cuts the measuring short. A disk that looks too slow is measured again, and the best counts, so that
 * only one that stays slow is told.
 * Undefined where it cannot be measured.
 * @see https://etcd.io/docs/v3.5/op-guide/hardware/#disks
 */
export async function measureDisk(
  ask: Ask,
  { architecture, commands }: Pick<Facts, "architecture" | "commands">,
): Promise<DiskLatency | undefined> {
  const clockCall = clockCalls[architecture];
  if (clockCall === undefined || commands.perl === undefined) return undefined;
  let best: DiskLatency | undefined;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const measured = await measureOnce(ask, clockCall);
    if (measured === undefined) return best;
    if (best === undefined || measured.median < best.median) best = measured;
    if (best.median <= slowestMedian) return best;
  }
  return best;
}

async function measureOnce(ask: Ask, clockCall: number): Promise<DiskLatency | undefined> {
  const { stdout } = await ask(
    sh`directory=${directory}
    until [ -d "$directory" ]; do directory=\${directory%/*}; [ -n "$directory" ] || directory=/; done
    perl - "$directory/.kube-installer-$$" ${clockCall} ${samples} ${longest} || true`,
    { stdin: program },
  );
  return summariseWrites(
    stdout
      .split("\n")
      .filter((line) => line !== "")
      .map(Number),
  );
}

/** Median and 99th percentile of times in milliseconds; undefined when there are too few to say anything. */
export function summariseWrites(times: readonly number[]): DiskLatency | undefined {
  const sorted = times.filter(Number.isFinite).sort((left, right) => left - right);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const [median, p99] = [at(0.5), at(0.99)];
  if (sorted.length < 5 || median === undefined || p99 === undefined) return undefined;
  return { directory, samples: sorted.length, median, p99 };
}

/** O_DSYNC makes each write return only when it is on the disk; a full disk ends the measuring. */
const program = `
use strict; use warnings; use Fcntl;
my ($file, $clock_call, $samples, $longest) = @ARGV;
sub now {
  my $time = "\\0" x 16;
  syscall($clock_call, 1, $time) == 0 or die "clock: $!";
  my ($seconds, $nanoseconds) = unpack("qq", $time);
  return $seconds * 1000 + $nanoseconds / 1e6;
}
sysopen(my $handle, $file, O_WRONLY | O_CREAT | O_EXCL | Fcntl::O_DSYNC(), 0600) or die "open: $!";
unlink($file) or die "unlink: $!";
my $data = "x" x 2300;
my $end = now() + 1000 * $longest;
for (1 .. $samples) {
  my $start = now();
  last if $start > $end;
  defined(syswrite($handle, $data)) or last;
  printf "%.3f\\n", now() - $start;
}
`;
