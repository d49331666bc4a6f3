/**
 * The engine's second door: compiling in the engine's own thread, for those who have Binaryen loaded (tests, conformance,
 * tools). It imports the whole back end, which programs that start must not: they use `WorkerCompiler` of index.ts.
 */

export { loadBinaryen } from "./binaryen.js";
export type { SiteNumbers } from "./build.js";
export { InProcessCompiler } from "./in-process.js";
