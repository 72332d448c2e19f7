import { remembered } from "./memory.mjs";
import stringWidth from "./string-width.mjs";

const measure = remembered((text) => {
  const lines = text.split("\n");
  const width = lines.reduce((widest, line) => Math.max(widest, stringWidth(line)), 0);
  return { width, height: text === "" ? 0 : lines.length };
});

export default (text) => measure(text, text);
