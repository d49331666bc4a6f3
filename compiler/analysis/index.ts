/**
 * The door of analysis: names, types and control flow of parsed modules. Reports into the sink, fills the fields
 * marked "analysis" in the tree in place, and returns what the lowering cannot see in the tree. When the sink has
 * errors afterwards the tree is not fit for lowering.
 */
import type { Sink } from "../diagnostics/diagnostic.js";
import type { ExprStmt, Module, Stmt } from "../syntax/ast.js";
import { findUnassigned } from "./assigned.js";
import type { Checked, CheckedModule } from "./checked.js";
import { markEarlyReads } from "./early.js";
import { checkModule } from "./functions.js";
import { resolve } from "./resolve.js";
import type { VarSymbol } from "./symbols.js";
import { reportUnsupported } from "./unsupported.js";

export type { Checked, CheckedModule } from "./checked.js";
export { dumpTypes, type Place } from "./dump.js";

/** Checks modules that were parsed without errors, dependencies first. */
export function check(modules: readonly Module[], sink: Sink): Checked {
  const out: CheckedModule[] = [];
  const implicitResults = new Set<ExprStmt>();
  const unassigned = new Map<Stmt, VarSymbol[]>();
  // What follows knows the other constructs only.
  if (reportUnsupported(modules, sink)) return { modules: [], functions: [], implicitResults, unassigned };
  for (const module of modules) {
    const res = resolve(module, sink);
    for (const s of checkModule(res, sink)) implicitResults.add(s);
    for (const [s, variables] of findUnassigned(res, sink)) unassigned.set(s, variables);
    markEarlyReads(res);
    out.push({ module, functions: res.functions, variables: res.variables });
  }
  return { modules: out, functions: out.flatMap((m) => m.functions), implicitResults, unassigned };
}
