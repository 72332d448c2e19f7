/** What stands between two blanks: text, and values to be put in. */
export type Word = readonly Part[];

export type Part =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly quoted: boolean;
      /** `%`, `%%`, `#`, `##`, `:-`, `-`, `:+`, `+`, and the word behind it; `length` for `${#name}`. */
      readonly change?: { readonly operator: string; readonly word: Word };
    }
  | { readonly kind: "output"; readonly script: Script; readonly quoted: boolean }
  | { readonly kind: "sum"; readonly expression: Word; readonly quoted: boolean };

export interface Redirection {
  readonly fd: number;
  readonly operator: "<" | ">" | ">>" | "<&" | ">&";
  readonly target: Word;
}

interface Redirected {
  readonly redirections: readonly Redirection[];
}

export type Node =
  | ({
      readonly kind: "call";
      readonly assignments: readonly { readonly name: string; readonly value: Word }[];
      readonly words: readonly Word[];
    } & Redirected)
  | ({
      readonly kind: "if";
      readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
      readonly otherwise?: Script;
    } & Redirected)
  | ({ readonly kind: "loop"; readonly until: boolean; readonly condition: Script; readonly body: Script } & Redirected)
  | ({
      readonly kind: "for";
      readonly name: string;
      readonly words?: readonly Word[];
      readonly body: Script;
    } & Redirected)
  | ({
      readonly kind: "case";
      readonly subject: Word;
      readonly branches: readonly { readonly patterns: readonly Word[]; readonly body: Script }[];
    } & Redirected)
  | ({ readonly kind: "group"; readonly subshell: boolean; readonly body: Script } & Redirected)
  | { readonly kind: "function"; readonly name: string; readonly body: Node };

export interface Pipeline {
  readonly negated: boolean;
  readonly nodes: readonly Node[];
}

/** Pipelines joined by `&&` and `||`. */
export interface Chain {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly pipeline: Pipeline }[];
  readonly background: boolean;
}

export type Script = readonly Chain[];
