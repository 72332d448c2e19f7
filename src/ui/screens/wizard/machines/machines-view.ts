/** What of this section is on the screen. */
export type MachinesView =
  | { readonly show: "list"; readonly said?: string }
  | { readonly show: "machine"; readonly index: number }
  | { readonly show: "login" }
  | { readonly show: "file" };
