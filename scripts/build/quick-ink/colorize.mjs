import colorize from "../../../node_modules/ink/build/colorize.js";
import { remembered } from "./memory.mjs";

const around = remembered((color, type) => colorize("|", color, type).split("|"));

/** What Ink makes of a text and a colour, without asking anew what the colour is; where colours meet Ink sees to it. */
export default (text, color, type) => {
  if (!color || text === "" || text.includes("\u001B") || text.includes("\n")) return colorize(text, color, type);
  const [before, after] = around(`${type} ${color}`, color, type);
  return before + text + after;
};
