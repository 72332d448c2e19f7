import type { Shell } from "./state.ts";

/** The value of `$((…))`: whole numbers, variables by name, and the operators scripts need. */
export function evaluate(text: string, shell: Shell): number {
  const tokens = text.match(/\d+|[A-Za-z_]\w*|[<>=!]=|&&|\|\||[-+*/%()<>]/g) ?? [];
  let at = 0;
  const value = (): number => {
    const token = tokens[at++];
    if (token === "(") {
      const inner = sum();
      at += 1;
      return inner;
    }
    if (token === "-") return -value();
    if (token === undefined) throw new Error(`the fleet's shell cannot work out $((${text}))`);
    return /^\d/.test(token) ? Number(token) : Number(shell.variables.get(token) ?? 0);
  };
  const product = (): number => {
    let result = value();
    for (let operator = tokens[at]; operator === "*" || operator === "/" || operator === "%"; operator = tokens[at]) {
      at += 1;
      const right = value();
      result = operator === "*" ? result * right : operator === "/" ? Math.trunc(result / right) : result % right;
    }
    return result;
  };
  const sum = (): number => {
    let result = product();
    for (let operator = tokens[at]; operator === "+" || operator === "-"; operator = tokens[at]) {
      at += 1;
      result = operator === "+" ? result + product() : result - product();
    }
    return result;
  };
  const result = sum();
  if (at < tokens.length) throw new Error(`the fleet's shell cannot work out $((${text}))`);
  return result;
}
