import { sh } from "../../../ssh/shell.ts";
import type { ConnectionOutcome, Flow } from "../evidence.ts";
import type { Ask } from "./ask.ts";

/** Seconds an attempt may take, name resolution included. */
export const connectWithin = 3;

/** Tries all connections at the same time and says how each ended. */
export async function tryConnections(
  ask: Ask,
  flows: readonly Flow[],
): Promise<readonly (Flow & { outcome: ConnectionOutcome; detail: string })[]> {
  if (flows.length === 0) return [];
  const targets = flows.map(({ host, port }) => `${host} ${port}`);
  const { stdout } = await ask(sh`perl - ${connectWithin} ${targets}`, { stdin: program });
  const ended = new Map(
    [...stdout.matchAll(/^(\d+) (\w+) ?(.*)$/gm)].map(([, index, outcome = "", detail = ""]) => [
      Number(index),
      { outcome: outcomeOf(outcome), detail },
    ]),
  );
  return flows.map((flow, index) => ({ ...flow, ...(ended.get(index) ?? { outcome: "silent", detail: "" }) }));
}

function outcomeOf(text: string): ConnectionOutcome {
  switch (text) {
    case "connected":
    case "refused":
    case "silent":
    case "unresolved":
      return text;
    default:
      return "unreachable";
  }
}

/** One child per target, ended by its alarm even inside a name lookup that does not return. */
const program = `
use strict; use warnings; use Socket qw(:DEFAULT getaddrinfo); use Errno qw(ECONNREFUSED);
$| = 1;
my ($seconds, @targets) = @ARGV;
my %index;
for my $number (0 .. $#targets) {
  defined(my $pid = fork) or die "fork: $!";
  if ($pid) { $index{$pid} = $number; next }
  alarm $seconds;
  my ($host, $port) = split / /, $targets[$number];
  my ($error, $found) = getaddrinfo($host, $port, { socktype => SOCK_STREAM });
  if ($error) { print "$number unresolved $error\\n"; exit }
  socket(my $socket, $found->{family}, SOCK_STREAM, 0) or do { print "$number unreachable $!\\n"; exit };
  if (connect($socket, $found->{addr})) { print "$number connected\\n" }
  elsif ($! == ECONNREFUSED) { print "$number refused\\n" }
  else { print "$number unreachable $!\\n" }
  exit;
}
while ((my $pid = wait) != -1) { print "$index{$pid} silent\\n" if ($? & 127) && exists $index{$pid} }
`;
