/** Fields in one place and without `readonly`, so that two ways of writing the same type are the same. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
/** Whether two types have the same fields. */
export type Same<Left, Right> =
  (<T>() => T extends Plain<Left> ? 1 : 2) extends <T>() => T extends Plain<Right> ? 1 : 2 ? true : false;
/** Compiles only when the claim is true. */
export type Holds<Claim extends true> = Claim;
