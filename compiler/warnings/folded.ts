/** Constant folding as the rules use it: in the bodies as they are written, whatever their type parameters stand for. */
import type { VarSymbol } from "../analysis/symbols.js";
import type { Constant } from "../bytecode/chunk.js";
import { fold } from "../bytecode/fold.js";
import { NO_ENV, repIn } from "../bytecode/run-types.js";
import type { Expr } from "../syntax/ast.js";

/** The value of an expression that has one before the program runs, else null. `known`: variables with known values. */
export const folded = (e: Expr, known: ReadonlyMap<VarSymbol, Constant>): Constant | null =>
  e.type === undefined || e.type.kind === "error"
    ? null
    : fold(e, { known, rep: (type) => (type.kind === "error" ? null : repIn(type, NO_ENV)) });
