/** The door of inference: names, types and control flow of the complete language. */
export { checkModule, type ModuleFacts, predeclaredResult } from "./check.js";
export { show } from "./types.js";
