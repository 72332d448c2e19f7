import type { Chain, Node, Part, Pipeline, Redirection, Script, Word } from "./syntax.ts";

/** The script is not one this shell understands; such a thing must be taught, never guessed. */
export class ShellSyntaxError extends Error {
  override readonly name = "ShellSyntaxError";
}

const reserved = new Set("if then elif else fi for while until do done case esac in { } !".split(" "));
const known = new Map<string, Script>();
const mostKnown = 4000;

/** Reads a POSIX shell script; scripts that come again are read once. */
export function parse(text: string): Script {
  const before = known.get(text);
  if (before !== undefined) return before;
  const reader = new Reader(text);
  const script = reader.script();
  reader.expectEnd();
  if (known.size > mostKnown) known.clear();
  known.set(text, script);
  return script;
}

/** @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  expectEnd(): void {
    if (this.#at < this.#text.length) this.#fail("the end");
  }

  /** Lists up to a word or sign that ends them. */
  script(): Script {
    const chains: Chain[] = [];
    for (;;) {
      this.#skipLines();
      if (this.#atListEnd()) return chains;
      const chain = this.#chain();
      this.#skipBlanks();
      const background = this.#peek() === "&" && this.#peek(1) !== "&";
      if (background) this.#at += 1;
      else if (this.#peek() === ";" && this.#peek(1) !== ";") this.#at += 1;
      chains.push({ ...chain, background });
    }
  }

  #atListEnd(): boolean {
    const next = this.#peek();
    if (next === undefined || next === ")" || (next === ";" && this.#peek(1) === ";")) return true;
    return ["then", "elif", "else", "fi", "do", "done", "esac", "}"].includes(this.#plainWord() ?? "");
  }

  #chain(): Omit<Chain, "background"> {
    const first = this.#pipeline();
    const rest: { operator: "&&" | "||"; pipeline: Pipeline }[] = [];
    for (;;) {
      this.#skipBlanks();
      const operator = this.#text.slice(this.#at, this.#at + 2);
      if (operator !== "&&" && operator !== "||") return { first, rest };
      this.#at += 2;
      this.#skipLines();
      rest.push({ operator, pipeline: this.#pipeline() });
    }
  }

  #pipeline(): Pipeline {
    this.#skipBlanks();
    let negated = false;
    while (this.#plainWord() === "!") {
      this.#at += 1;
      negated = !negated;
      this.#skipBlanks();
    }
    const nodes = [this.#node()];
    for (;;) {
      this.#skipBlanks();
      if (this.#peek() !== "|" || this.#peek(1) === "|") return { negated, nodes };
      this.#at += 1;
      this.#skipLines();
      nodes.push(this.#node());
    }
  }

  #node(): Node {
    this.#skipBlanks();
    if (this.#peek() === "(") {
      this.#at += 1;
      const body = this.script();
      this.#take(")");
      return { kind: "group", subshell: true, body, redirections: this.#redirections() };
    }
    switch (this.#plainWord()) {
      case "{": {
        this.#at += 1;
        const body = this.script();
        this.#takeWord("}");
        return { kind: "group", subshell: false, body, redirections: this.#redirections() };
      }
      case "if":
        return this.#if();
      case "while":
      case "until":
        return this.#loop();
      case "for":
        return this.#for();
      case "case":
        return this.#case();
    }
    const named = /^([A-Za-z_]\w*)[ \t]*\([ \t]*\)/.exec(this.#text.slice(this.#at, this.#at + 200));
    if (named?.[1] !== undefined) {
      this.#at += named[0].length;
      this.#skipLines();
      return { kind: "function", name: named[1], body: this.#node() };
    }
    return this.#call();
  }

  #if(): Node {
    const branches: { condition: Script; body: Script }[] = [];
    this.#takeWord("if");
    for (;;) {
      const condition = this.script();
      this.#takeWord("then");
      branches.push({ condition, body: this.script() });
      const next = this.#plainWord();
      if (next === "elif") this.#takeWord("elif");
      else if (next === "else") {
        this.#takeWord("else");
        const otherwise = this.script();
        this.#takeWord("fi");
        return { kind: "if", branches, otherwise, redirections: this.#redirections() };
      } else {
        this.#takeWord("fi");
        return { kind: "if", branches, redirections: this.#redirections() };
      }
    }
  }

  #loop(): Node {
    const until = this.#plainWord() === "until";
    this.#takeWord(until ? "until" : "while");
    const condition = this.script();
    return { kind: "loop", until, condition, body: this.#doBlock(), redirections: this.#redirections() };
  }

  #for(): Node {
    this.#takeWord("for");
    this.#skipBlanks();
    const name = /^[A-Za-z_]\w*/.exec(this.#text.slice(this.#at))?.[0] ?? this.#fail("a name");
    this.#at += name.length;
    this.#skipLines();
    let words: Word[] | undefined;
    if (this.#plainWord() === "in") {
      this.#takeWord("in");
      words = [];
      for (this.#skipBlanks(); !/[;\n]/.test(this.#peek() ?? "\n"); this.#skipBlanks()) words.push(this.#word());
    }
    this.#skipBlanks();
    if (this.#peek() === ";") this.#at += 1;
    const body = this.#doBlock();
    return { kind: "for", name, ...(words === undefined ? {} : { words }), body, redirections: this.#redirections() };
  }

  #doBlock(): Script {
    this.#skipLines();
    this.#takeWord("do");
    const body = this.script();
    this.#takeWord("done");
    return body;
  }

  #case(): Node {
    this.#takeWord("case");
    this.#skipBlanks();
    const subject = this.#word();
    this.#skipLines();
    this.#takeWord("in");
    const branches: { patterns: Word[]; body: Script }[] = [];
    for (;;) {
      this.#skipLines();
      if (this.#plainWord() === "esac") break;
      if (this.#peek() === "(") this.#at += 1;
      const patterns: Word[] = [];
      for (;;) {
        this.#skipBlanks();
        patterns.push(this.#word());
        this.#skipBlanks();
        if (this.#peek() !== "|") break;
        this.#at += 1;
      }
      this.#take(")");
      const body = this.script();
      branches.push({ patterns, body });
      if (this.#text.startsWith(";;", this.#at)) this.#at += 2;
    }
    this.#takeWord("esac");
    return { kind: "case", subject, branches, redirections: this.#redirections() };
  }

  #call(): Node {
    const assignments: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (;;) {
      this.#skipBlanks();
      const redirection = this.#redirection();
      if (redirection !== undefined) {
        redirections.push(redirection);
        continue;
      }
      if (/[\n;&|()]/.test(this.#peek() ?? "\n")) break;
      const assigned = words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(this.#text.slice(this.#at, this.#at + 100)) : null;
      if (assigned?.[1] !== undefined) {
        this.#at += assigned[0].length;
        assignments.push({ name: assigned[1], value: this.#word() });
      } else words.push(this.#word());
    }
    if (assignments.length + words.length + redirections.length === 0) this.#fail("a command");
    return { kind: "call", assignments, words, redirections };
  }

  #redirections(): readonly Redirection[] {
    const found: Redirection[] = [];
    for (;;) {
      this.#skipBlanks();
      const redirection = this.#redirection();
      if (redirection === undefined) return found;
      found.push(redirection);
    }
  }

  #redirection(): Redirection | undefined {
    const match = /^(\d*)(<&|>&|>>|<<|<|>)/.exec(this.#text.slice(this.#at, this.#at + 8));
    const operator = match?.[2];
    if (match === null || operator === undefined) return undefined;
    if (operator === "<<") this.#fail("no here-document");
    this.#at += match[0].length;
    this.#skipBlanks();
    const fd = match[1] === "" ? (operator.startsWith("<") ? 0 : 1) : Number(match[1]);
    return { fd, operator: operator as Redirection["operator"], target: this.#word() };
  }

  #word(): Word {
    const parts: Part[] = [];
    let text = "";
    const flush = (): void => {
      if (text !== "") parts.push({ kind: "text", text, quoted: false });
      text = "";
    };
    for (;;) {
      const next = this.#peek();
      if (next === undefined || /[\s;&|()<>]/.test(next)) break;
      if (next === "'") {
        flush();
        const end = this.#text.indexOf("'", this.#at + 1);
        if (end < 0) this.#fail("a closing quote");
        parts.push({ kind: "text", text: this.#text.slice(this.#at + 1, end), quoted: true });
        this.#at = end + 1;
      } else if (next === '"') {
        flush();
        this.#at += 1;
        parts.push(...this.#doubleQuoted('"'));
        this.#take('"');
      } else if (next === "\\") {
        flush();
        if (this.#peek(1) !== "\n") parts.push({ kind: "text", text: this.#peek(1) ?? "", quoted: true });
        this.#at += 2;
      } else if (next === "$") {
        flush();
        parts.push(this.#dollar(false));
      } else if (next === "`") this.#fail("$(…) in place of `…`");
      else {
        text += next;
        this.#at += 1;
      }
    }
    flush();
    return parts;
  }

  /** What stands inside double quotes, up to `end`. */
  #doubleQuoted(end: string): Part[] {
    const parts: Part[] = [];
    let text = "";
    for (;;) {
      const next = this.#peek();
      if (next === undefined) this.#fail("a closing quote");
      if (next === end) break;
      if (next === "\\") {
        const escaped = this.#peek(1) ?? "";
        if (escaped !== "\n") text += /[$`"\\]/.test(escaped) ? escaped : `\\${escaped}`;
        this.#at += 2;
      } else if (next === "$") {
        if (text !== "") parts.push({ kind: "text", text, quoted: true });
        text = "";
        parts.push(this.#dollar(true));
      } else {
        text += next;
        this.#at += 1;
      }
    }
    if (text !== "" || parts.length === 0) parts.push({ kind: "text", text, quoted: true });
    return parts;
  }

  #dollar(quoted: boolean): Part {
    this.#at += 1;
    const next = this.#peek() ?? "";
    if (this.#text.startsWith("((", this.#at)) return this.#sum(quoted);
    if (next === "(") {
      this.#at += 1;
      const script = this.script();
      this.#take(")");
      return { kind: "output", script, quoted };
    }
    if (next === "{") return this.#braced(quoted);
    const name = /^(?:[A-Za-z_]\w*|[0-9?$#@*!-])/.exec(this.#text.slice(this.#at, this.#at + 100))?.[0];
    if (name === undefined) return { kind: "text", text: "$", quoted };
    this.#at += name.length;
    return { kind: "variable", name, quoted };
  }

  #braced(quoted: boolean): Part {
    this.#at += 1;
    const match = /^(#?)([A-Za-z_]\w*|[0-9?$#@*!]+)(%%|##|:-|:\+|:=|[%#+=-]|)/.exec(
      this.#text.slice(this.#at, this.#at + 100),
    );
    const [whole = "", length = "", name = "", operator = ""] = match ?? this.#fail("a parameter");
    this.#at += whole.length;
    const parts: Part[] = [];
    while (this.#peek() !== "}") {
      const next = this.#peek();
      if (next === undefined) this.#fail("}");
      if (next === "'" || next === '"' || next === "$" || next === "\\") {
        const before = this.#at;
        const inner = next === "$" ? [this.#dollar(quoted)] : this.#quotedIn(next, quoted);
        if (this.#at === before) this.#fail("}");
        parts.push(...inner);
      } else {
        parts.push({ kind: "text", text: next, quoted: false });
        this.#at += 1;
      }
    }
    this.#at += 1;
    if (length === "#") return { kind: "variable", name, quoted, change: { operator: "length", word: [] } };
    return operator === ""
      ? { kind: "variable", name, quoted }
      : { kind: "variable", name, quoted, change: { operator, word: parts } };
  }

  #quotedIn(next: string, quoted: boolean): Part[] {
    if (next === "\\") {
      const text = this.#peek(1) ?? "";
      this.#at += 2;
      return [{ kind: "text", text, quoted: true }];
    }
    if (next === '"') {
      this.#at += 1;
      const parts = this.#doubleQuoted('"');
      this.#take('"');
      return parts;
    }
    if (quoted) {
      this.#at += 1;
      return [{ kind: "text", text: "'", quoted: true }];
    }
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) this.#fail("a closing quote");
    const text = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return [{ kind: "text", text, quoted: true }];
  }

  #sum(quoted: boolean): Part {
    this.#at += 2;
    const parts: Part[] = [];
    let depth = 0;
    for (;;) {
      const next = this.#peek();
      if (next === undefined) this.#fail("))");
      if (depth === 0 && this.#text.startsWith("))", this.#at)) break;
      if (next === "$") parts.push(this.#dollar(true));
      else {
        if (next === "(") depth += 1;
        if (next === ")") depth -= 1;
        parts.push({ kind: "text", text: next, quoted: true });
        this.#at += 1;
      }
    }
    this.#at += 2;
    return { kind: "sum", expression: parts, quoted };
  }

  /** The word at this place when it is made of plain characters only. */
  #plainWord(): string | undefined {
    const match = /^[^\s;&|()<>'"\\$`]+/.exec(this.#text.slice(this.#at, this.#at + 12));
    if (match === null) return undefined;
    const after = this.#text[this.#at + match[0].length];
    return after === undefined || /[\s;&|()<>]/.test(after) ? match[0] : undefined;
  }

  #takeWord(word: string): void {
    this.#skipLines();
    if (this.#plainWord() !== word || !reserved.has(word)) this.#fail(word);
    this.#at += word.length;
  }

  #take(sign: string): void {
    this.#skipBlanks(sign !== '"');
    if (!this.#text.startsWith(sign, this.#at)) this.#fail(sign);
    this.#at += sign.length;
  }

  #skipBlanks(wanted = true): void {
    while (wanted) {
      const next = this.#peek();
      if (next === " " || next === "\t") this.#at += 1;
      else if (next === "\\" && this.#peek(1) === "\n") this.#at += 2;
      else if (next === "#") {
        const end = this.#text.indexOf("\n", this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else return;
    }
  }

  #skipLines(): void {
    for (;;) {
      this.#skipBlanks();
      if (this.#peek() !== "\n") return;
      this.#at += 1;
    }
  }

  #peek(ahead = 0): string | undefined {
    return this.#text[this.#at + ahead];
  }

  #fail(wanted: string): never {
    throw new ShellSyntaxError(`expected ${wanted} at ${JSON.stringify(this.#text.slice(this.#at, this.#at + 60))}`);
  }
}
