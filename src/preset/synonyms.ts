/** What people coming from other tools write, and what it is called here. */
const synonyms: Readonly<Record<string, string>> = {
  controlplanecount: "controlPlanes",
  clustername: "name",
  host: "address",
  hostip: "address",
  hostname: "name",
  identityfile: "keyFile",
  ip: "address",
  key: "keyFile",
  kubernetesversion: "version",
  master: "control-plane",
  masters: "controlPlanes",
  minion: "worker",
  node: "worker",
  nodename: "name",
  podsubnet: "podCIDR",
  podnetworkcidr: "podCIDR",
  privateaddress: "internalAddress",
  privateip: "internalAddress",
  privatekey: "keyFile",
  jumphost: "bastion",
  proxyjump: "bastion",
  servicesubnet: "serviceCIDR",
  serviceclusteriprange: "serviceCIDR",
  sshkey: "keyFile",
  sshport: "port",
  username: "user",
  become: "sudoPassword",
  becomepassword: "sudoPassword",
};

/** The word of this program for one of another tool, if it is among those possible here. */
export function synonym(word: string, candidates: readonly string[]): string | undefined {
  const ours = synonyms[word.toLowerCase().replaceAll(/[-_ ]/g, "")];
  return ours !== undefined && candidates.includes(ours) ? ours : undefined;
}
