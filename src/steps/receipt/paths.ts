/** Where a node keeps what it was like before this program changed it; only root can enter. */
export const receiptFolder = "/var/lib/kube-installer";

/** The part of the receipt one step writes and its undo reads and removes. */
export function recordOf(stepId: string): string {
  return `${receiptFolder}/${stepId}`;
}

/** What may be thrown away on a node at any time; apt's download user must be able to enter. */
export const cacheFolder = "/var/cache/kube-installer";
