import type { HostKeyQuestion } from "../ssh/host-key-question.ts";

/** Who answers questions while a command runs: somebody at the prompt, or at the screen. */
export interface Person {
  /** Whether a host key nobody has seen before is the machine's. */
  confirmHostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean>;
  /** Whether to go on although these nodes cannot be used now. */
  goOnWithout(nodes: readonly string[], signal: AbortSignal): Promise<boolean>;
  /** Whether a cluster and everything it holds may go. */
  confirmLoss(cluster: string, signal: AbortSignal): Promise<boolean>;
}
