/**
 * The door of the SSA middle end: bytecode to SSA (`buildSsa`), the passes (`optimise`), and the forms that tools and
 * tests want (`print`, `parse`, `verify`, `evaluate`).
 */
export { type BuildOptions, type BuildUnit, type Failed, MAX_INSTRUCTIONS } from "./build.js";
export { type Context, contextOf, sizeOf } from "./context.js";
export { type Dominators, dominatorsOf, isReducible, reversePostOrder } from "./dominators.js";
export { type CallOutcome, evaluate, type Host, type Outcome, type RunValue } from "./eval.js";
export {
  Block,
  type Edge,
  type FrameState,
  type FrameValues,
  Func,
  happensOnce,
  helperRow,
  isCall,
  isConstant,
  isPure,
  isTailCall,
  kindOf,
  mayCollect,
  mayRefer,
  successors,
  type Terminator,
  tyOf,
  Value,
  wasmType,
} from "./ir.js";
export { type Loop, type Loops, loopsOf } from "./loops.js";
export { changes, placeOf } from "./memory.js";
export { errorCode, SSA_OPS, type SsaOp, type SsaRow, type Ty } from "./ops.js";
export { parse } from "./parse.js";
export { MAX_LEVELS } from "./passes/inline.js";
export { MUST_PRECEDE, optimise, PASSES, type Pass, type Watch } from "./pipeline.js";
export { print, printBlock, printState, printValue } from "./print.js";
export { replacesFrame } from "./state.js";
export { buildSsa } from "./unit.js";
export { verify } from "./verify.js";
