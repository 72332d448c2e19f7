import { Secret } from "../../engine/secret.ts";
import { tokenDescription, tokenLifetime } from "../bootstrap-token.ts";
import { kubeletConfiguration, kubeProxyConfiguration } from "./component-configuration.ts";
import type { InitDescription } from "./description.ts";
import type { Dialect } from "./dialect.ts";
import { dialectFor } from "./dialect-for.ts";
import { nodeRegistration } from "./node-registration.ts";
import { yamlDocuments } from "./yaml-documents.ts";

/** The file for `kubeadm init --config`; secret as a whole because it holds the bootstrap token. */
export function initConfiguration(description: InitDescription): Secret {
  const dialect = dialectFor(description.kubernetesVersion);
  const { token, registration } = description;
  const init = {
    apiVersion: dialect.apiVersion,
    kind: "InitConfiguration",
    bootstrapTokens: [{ token: token.reveal(), ttl: tokenLifetime.kubeadm, description: tokenDescription }],
    localAPIEndpoint: { advertiseAddress: registration.internalAddress },
    nodeRegistration: nodeRegistration(registration, dialect),
  };
  return new Secret(
    yamlDocuments([
      init,
      clusterConfiguration(description, dialect),
      kubeletConfiguration(description),
      kubeProxyConfiguration(description),
    ]),
    "document",
  );
}

function clusterConfiguration(description: InitDescription, dialect: Dialect) {
  const { endpoint, apiServerNames } = description;
  return {
    apiVersion: dialect.apiVersion,
    kind: "ClusterConfiguration",
    clusterName: description.clusterName,
    kubernetesVersion: `v${description.kubernetesVersion}`,
    ...(endpoint === undefined ? {} : { controlPlaneEndpoint: endpoint }),
    networking: {
      podSubnet: description.podCIDR,
      serviceSubnet: description.serviceCIDR,
      dnsDomain: description.dnsDomain,
    },
    ...(apiServerNames.length === 0 ? {} : { apiServer: { certSANs: apiServerNames } }),
    controllerManager: { extraArgs: dialect.extraArgs({ "node-cidr-mask-size": String(description.nodePrefix) }) },
  };
}
