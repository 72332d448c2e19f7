/** Where machines can come from; a new topology is one entry here. */
export const topologies = [
  {
    key: "static",
    label: "Machines you have",
    note: "by address, over SSH",
    details: [
      "Debian or Ubuntu machines you can log in to, as root or as a user who may use sudo.",
      "Nothing needs to be installed on them beforehand.",
    ],
  },
  {
    key: "lab",
    label: "A lab on this machine",
    note: "throw-away nodes, to try things out",
    details: [
      "Real nodes in namespaces of this machine: nothing else is needed, and one command takes them away.",
      "This machine must run Debian 12, and you must be root.",
    ],
  },
] as const;
