import { sh } from "../../../ssh/shell.ts";
import type { DiskLatency } from "../evidence.ts";
import type { Ask } from "./ask.ts";

const directory = "/var/lib/etcd";
const samples = 100;

/**
 * Measures small durable writes as etcd makes them: 2300 bytes each, in a temporary file on the file system of
 * /var/lib/etcd. This is the only thing preflight writes; the file is removed, also when the measuring is cut short.
 * @see https://etcd.io/docs/v3.5/op-guide/hardware/#disks
 */
export async function measureDisk(ask: Ask): Promise<DiskLatency | undefined> {
  const { stdout } = await ask(sh`directory=${directory}
    until [ -d "$directory" ]; do directory=\${directory%/*}; [ -n "$directory" ] || directory=/; done
    file=$(mktemp "$directory/.kube-installer-XXXXXX") || exit 0
    trap 'rm -f "$file"' EXIT
    trap 'exit 0' HUP INT TERM
    LC_ALL=C
    export LC_ALL
    end=$(($(date +%s) + 4))
    count=0
    while [ "$count" -lt ${samples} ] && [ "$(date +%s)" -le "$end" ]; do
      dd if=/dev/zero of="$file" bs=2300 count=1 seek="$count" oflag=dsync conv=notrunc 2>&1 | tail -n 1
      count=$((count + 1))
    done`);
  return summariseWrites(stdout);
}

/** Reads dd's last lines, `2300 bytes (2.3 kB, 2.2 KiB) copied, 0.00314 s, 732 kB/s`; undefined when there are too few. */
export function summariseWrites(output: string): DiskLatency | undefined {
  const times = [...output.matchAll(/ copied, ([\d.e+-]+) s/g)]
    .map((match) => Number(match[1]) * 1000)
    .sort((left, right) => left - right);
  const at = (share: number) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)];
  const [median, p99] = [at(0.5), at(0.99)];
  if (times.length < 5 || median === undefined || p99 === undefined) return undefined;
  return { directory, samples: times.length, median, p99 };
}
