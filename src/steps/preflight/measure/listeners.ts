import { sh } from "../../../ssh/shell.ts";
import type { Ask } from "./ask.ts";

/** What listens on a node while the others try to connect. */
export interface Listeners {
  readonly ports: ReadonlySet<number>;
  /** The process to end; undefined when no port could be taken. */
  readonly pid: number | undefined;
}

/** Seconds after which the listeners end by themselves, should nobody be left to end them. */
const lifetime = 30;

/**
 * Listens on ports of the node in the background. Nothing is accepted: the kernel answers a connection by itself.
 * The process leaves its session before this returns, and is known by its name.
 */
export async function openListeners(ask: Ask, ports: readonly number[], { six }: { six: boolean }): Promise<Listeners> {
  if (ports.length === 0) return { ports: new Set(), pid: undefined };
  const { stdout } = await ask(sh`perl - ${lifetime} ${six ? 6 : 4} ${ports}`, { stdin: program });
  const pid = /^pid (\d+)$/m.exec(stdout)?.[1];
  return {
    ports: new Set([...stdout.matchAll(/^listening (\d+)$/gm)].map((match) => Number(match[1]))),
    pid: pid === undefined ? undefined : Number(pid),
  };
}

/** Ends the listeners, and nothing else that may have got their process number. */
export async function closeListeners(ask: Ask, { pid }: Listeners): Promise<void> {
  if (pid === undefined) return;
  await ask(sh`if [ "$(cat /proc/${pid}/comm 2>/dev/null)" = ${processName} ]; then kill ${pid}; fi`);
}

/** At most 15 characters, as the kernel keeps. */
const processName = "kube-preflight";

const program = `
use strict; use warnings; use Socket; use POSIX ();
$0 = "${processName}"; $| = 1;
my ($lifetime, $family, @ports) = @ARGV;
my @open;
for my $port (@ports) {
  socket(my $socket, $family == 6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0) or next;
  setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1);
  my $any = $family == 6 ? pack_sockaddr_in6($port, Socket::IN6ADDR_ANY) : pack_sockaddr_in($port, INADDR_ANY);
  bind($socket, $any) && listen($socket, 128) or next;
  push @open, $socket;
  print "listening $port\\n";
}
exit unless @open;
pipe(my $reader, my $writer) or die "pipe: $!";
defined(my $pid = fork) or die "fork: $!";
if ($pid) {
  close $writer;
  my $ready = <$reader>;
  print "pid $pid\\n";
  exit;
}
POSIX::setsid();
open(STDIN, "<", "/dev/null"); open(STDOUT, ">", "/dev/null"); open(STDERR, ">", "/dev/null");
print {$writer} "ready\\n";
close $writer; close $reader;
sleep $lifetime;
`;
