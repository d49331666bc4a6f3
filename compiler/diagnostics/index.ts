/** Door of the folder: the codes, diagnostics as data, and their layouts. */
export * from "./diagnostic.js";
export { type Paint, PLAIN } from "./paint.js";
export * from "./render.js";
export * from "./suggest.js";
export * from "./table.js";
