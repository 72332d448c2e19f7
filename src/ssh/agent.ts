import {
  BaseAgent,
  createAgent,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from "ssh2";
import { seconds } from "../engine/time.ts";

/** One key an ssh agent holds. */
export interface AgentKey {
  readonly key: ParsedKey;
  /** An agent that offers this key alone. */
  readonly agent: BaseAgent;
}

/** How long an agent may take to list its keys; one forwarded over a dead connection never answers. */
const patience = seconds(5);

/** The keys of the agent at a socket in its order; none when there is no agent or it does not answer in time. */
export async function agentKeys(socketPath: string | undefined): Promise<readonly AgentKey[]> {
  if (socketPath === undefined || socketPath === "" || socketPath === "none") return [];
  const agent = createAgent(socketPath);
  let late: NodeJS.Timeout | undefined;
  const keys = await new Promise<readonly ParsedKey[]>((resolve) => {
    late = setTimeout(() => resolve([]), patience);
    agent.getIdentities((error, found) => resolve(error || found === undefined ? [] : found.filter(isParsed)));
  });
  clearTimeout(late);
  return keys.map((key) => ({ key, agent: new OneKeyAgent(agent, key) }));
}

function isParsed(key: unknown): key is ParsedKey {
  return typeof key === "object" && key !== null && "getPublicSSH" in key;
}

type PublicKey = ParsedKey | Buffer | string;

class OneKeyAgent extends BaseAgent {
  readonly #agent: BaseAgent;
  readonly #key: ParsedKey;

  constructor(agent: BaseAgent, key: ParsedKey) {
    super();
    this.#agent = agent;
    this.#key = key;
  }

  getIdentities(callback: IdentityCallback): void {
    callback(undefined, [this.#key]);
  }

  sign(key: PublicKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
    if (typeof options === "function") this.#agent.sign(key, data, options);
    else this.#agent.sign(key, data, options, callback);
  }
}
