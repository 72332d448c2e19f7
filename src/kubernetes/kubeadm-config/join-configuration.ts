import { Secret } from "../../engine/secret.ts";
import type { JoinDescription } from "./description.ts";
import { dialectFor } from "./dialect-for.ts";
import { nodeRegistration } from "./node-registration.ts";
import { yamlDocuments } from "./yaml-documents.ts";

/** Shorter than kubeadm's five minutes: the API has answered before a node is asked to join. */
const discoveryTimeout = "1m30s";

/** The file for `kubeadm join --config`; secret as a whole because it holds the bootstrap token. */
export function joinConfiguration(description: JoinDescription): Secret {
  const dialect = dialectFor(description.kubernetesVersion);
  const timeout = dialect.discoveryTimeout(discoveryTimeout);
  return new Secret(
    yamlDocuments([
      {
        apiVersion: dialect.apiVersion,
        kind: "JoinConfiguration",
        discovery: {
          file: { kubeConfigPath: description.discoveryFile },
          tlsBootstrapToken: description.token.reveal(),
          ...timeout.discovery,
        },
        nodeRegistration: nodeRegistration(description.registration, dialect),
        ...timeout.join,
      },
    ]),
    "document",
  );
}
