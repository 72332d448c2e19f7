import { type BootstrapToken, bootstrapTokenObject, newBootstrapToken } from "../../kubernetes/bootstrap-token.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import type { Action } from "../context.ts";
import { perRun } from "../per-run.ts";

interface RunToken {
  readonly token: BootstrapToken;
  /** Set once something has begun to make the cluster accept the token. */
  accepted?: Promise<void>;
}

/** The one token of a run; every worker that joins in it uses the same. */
export const runToken = perRun<RunToken>(() => ({ token: newBootstrapToken() }));

/** The run's token once the cluster accepts it; made when `kubeadm init` of this run did not bring it along. */
export async function acceptedToken(context: Action): Promise<BootstrapToken> {
  const run = runToken(context);
  run.accepted ??= makeAccepted(context, run.token);
  try {
    await run.accepted;
  } catch (thrown) {
    delete run.accepted;
    throw thrown;
  }
  return run.token;
}

async function makeAccepted({ firstControlPlane }: Action, token: BootstrapToken): Promise<void> {
  await firstControlPlane.change("create a bootstrap token for this run", kubectl("create", "--filename=-"), {
    stdin: bootstrapTokenObject(token, Date.now()),
  });
}
