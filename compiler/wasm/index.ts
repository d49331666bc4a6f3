/**
 * The door of the WebAssembly back end: optimised SSA to Binaryen modules.
 */
export {
  addProgram,
  buildModule,
  type CallSite,
  featuresOf,
  type JitModuleOptions,
  type Program,
  type ProgramFunction,
  type ProgramOptions,
} from "./module.js";
export type { Site } from "./unit.js";
