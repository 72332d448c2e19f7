/**
 * Every error code, the exit code it leads to, what it means and what to do next. docs/errors.md is made from it:
 * run `node scripts/docs.mjs` after a change.
 * Exit codes: 1 failed step, 2 preset or usage, 3 preflight, 4 unreachable or authentication, 5 input needed,
 * 6 partial, 7 locked, 130 interrupted.
 */
export const errorCatalogue = {
  bug: {
    exitCode: 1,
    meaning: "Something the program did not expect; please report it with the stack.",
    next: "Report it with the stack that was printed; the journal of the run (`kube-installer runs`) helps to find it.",
  },
  "step-failed": {
    exitCode: 1,
    meaning: "A step could not reach the state it wants.",
    next: "Read what the check saw and the node's log of the run, put it right on the node, and run the same command again: it goes on where it stopped.",
  },
  "command-failed": {
    exitCode: 1,
    meaning: "A command on a node ended with an exit code it should not have.",
    next: "Read the last lines the command printed; run the command on the node by hand if they do not suffice; then run the same command again.",
  },
  "upload-damaged": {
    exitCode: 1,
    meaning: "A file did not arrive on the other side as it was sent.",
    next: "Look for a full disk or a proxy on the way that alters data, then run the same command again.",
  },
  "own-files": {
    exitCode: 1,
    meaning: "A file on the machine the program runs on cannot be read or written.",
    next: "Make room on its disk, or put the owner and the permissions of the named file right, then run the same command again.",
  },
  "deadline-exceeded": {
    exitCode: 1,
    meaning: "A condition did not come true before its deadline.",
    next: "Read what was last seen of the condition; when it was only slow, run the same command again.",
  },
  usage: {
    exitCode: 2,
    meaning: "The command line cannot be understood.",
    next: "Ask the command for its options with `--help`.",
  },
  "preset-invalid": {
    exitCode: 2,
    meaning: "The preset has errors; each is listed with file, line and column.",
    next: "Correct the places that are listed; `kube-installer preset validate FILE` checks again without touching any node.",
  },
  "preset-unreadable": {
    exitCode: 2,
    meaning: "The preset file cannot be read.",
    next: "Check the path and its permissions.",
  },
  "ssh-config-invalid": {
    exitCode: 2,
    meaning: "The OpenSSH client configuration cannot be used for a node.",
    next: "Correct the place in `~/.ssh/config` that is named, or give the values in the preset below `ssh`.",
  },
  "preflight-failed": {
    exitCode: 3,
    meaning: "At least one node does not meet a requirement.",
    next: "Run the fix that stands behind each finding, then run the same command again.",
  },
  "cluster-differs": {
    exitCode: 2,
    meaning: "The running cluster differs from the preset in what cannot be changed.",
    next: "Set the preset back to what the running cluster has, or make a new cluster.",
  },
  "foreign-cluster": {
    exitCode: 3,
    meaning: "A node already belongs to another cluster.",
    next: "Take another machine, or take that cluster away first with the tool that made it.",
  },
  "routing-impossible": {
    exitCode: 3,
    meaning: "A node cannot send pod traffic to another node directly.",
    next: "Put the nodes on one network segment, or choose a network plugin that builds tunnels.",
  },
  "kubeadm-failed": {
    exitCode: 1,
    meaning: "kubeadm stopped before it was done.",
    next: "Read the last lines kubeadm printed; run the same command again once the cause is gone.",
  },
  "verification-failed": {
    exitCode: 1,
    meaning: "The cluster runs, but something in it does not work.",
    next: "Do what stands behind each failed check; run the same command again to verify anew.",
  },
  unreachable: {
    exitCode: 4,
    meaning: "A node cannot be reached over the network.",
    next: "Check address, port, bastion and firewall; `ssh USER@ADDRESS` must work from here.",
  },
  "authentication-failed": {
    exitCode: 4,
    meaning: "A node refused every credential.",
    next: "Check user and key in the preset; `ssh -v USER@ADDRESS` shows which credentials are tried.",
  },
  "host-key-refused": {
    exitCode: 4,
    meaning: "A node's host key is unknown, revoked or has changed.",
    next: "Compare the fingerprint with the machine's own (`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` there), then pin it in the preset or accept it.",
  },
  "sudo-refused": {
    exitCode: 4,
    meaning: "The login user may not become root.",
    next: "Let the login user run sudo without a password, or give the password in the preset.",
  },
  "no-channel": {
    exitCode: 4,
    meaning: "An ssh server does not let another command run beside those running.",
    next: "Raise `MaxSessions` in the machine's /etc/ssh/sshd_config (10 is the default) and reload sshd.",
  },
  "connection-lost": {
    exitCode: 4,
    meaning: "An established connection broke off.",
    next: "Check the network between here and the node, then run the same command again: it goes on where it stopped.",
  },
  "bundle-invalid": {
    exitCode: 2,
    meaning: "A bundle is damaged, incomplete or not for this use.",
    next: "Fetch or make the bundle again; every fault of it is listed.",
  },
  "kubernetes-unavailable": {
    exitCode: 1,
    meaning: "No source could give the Kubernetes binaries and images of the wanted version.",
    next: "Check version and source in the preset, and whether the nodes reach the source.",
  },
  "journal-unreadable": {
    exitCode: 2,
    meaning: "The record of a run is missing, damaged or of a newer version of the program.",
    next: "`kube-installer runs` lists the records there are; a newer version of the program reads newer ones.",
  },
  "input-needed": {
    exitCode: 5,
    meaning: "A question must be answered, but nobody is there to answer it.",
    next: "Give the answer as an option or in the preset, or run the command in a terminal.",
  },
  partial: {
    exitCode: 6,
    meaning: "The run finished, but some nodes were set aside.",
    next: "See why each node was set aside, put it right, and run the same command again: only those nodes are worked on.",
  },
  locked: {
    exitCode: 7,
    meaning: "Another run holds this cluster.",
    next: "Wait until the other run is over; if it cannot be alive any more, run again with `--break-lock`.",
  },
  interrupted: {
    exitCode: 130,
    meaning: "The operator interrupted the run.",
    next: "Run the same command again: it goes on where it stopped.",
  },
  terminated: {
    exitCode: 143,
    meaning: "The process was asked to end.",
    next: "Run the same command again: it goes on where it stopped.",
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; next: string }>;

export type ErrorCode = keyof typeof errorCatalogue;
