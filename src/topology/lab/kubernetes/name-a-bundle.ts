/** What an operator can always do when Kubernetes can be neither downloaded nor built here. */
export const nameABundle =
  "name a bundle made elsewhere: `lab up --bundle PATH`, or `spec.kubernetes.source.bundle.path` in the preset";
