/**
 * The door of AOT: a program and the runtime become one sealed module; and the small host that runs it in a JavaScript engine.
 */
export { type Linked, type LinkOptions, link } from "./link.js";
export { refuse } from "./section.js";
export { type Command, commandOf, runCommand, type WasiIo } from "./wasi-host.js";
