/** What the screens need of the rest of the program; the command line provides it. */
export interface Services {
  /** `0.1.0` */
  readonly version: string;
}
