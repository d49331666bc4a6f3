/**
 * Which variables of module level may be read before their declaration has run (E0018).
 *
 * A function may be called above its definition, so a call in module-level code can reach a function that reads a
 * variable declared further down. And a module may `return` before its last declarations, for whoever uses it to read. The answer here is conservative: a variable is marked if some call that stands before
 * the end of its declaration can reach, through any calls at all, a function that refers to it. Reads of the others
 * need no check. Cost: calls are taken in source order and each function is visited once, by the first call that
 * reaches it. Which method a call means is not asked: all of that name count.
 */
import type { FnSymbol } from "../analysis/symbols.js";
import type { Resolution, Unit } from "./names.js";

/** The file that is read first. */
const MAIN = 0;

export function markEarlyReads(res: Resolution): void {
  const bodies = new Map<FnSymbol, Unit>();
  const methods = new Map<string, FnSymbol[]>();
  for (const unit of res.units) {
    const { fn } = unit;
    if (!fn) continue;
    bodies.set(fn, unit);
    if (!fn.of) continue;
    const list = methods.get(fn.name);
    if (list) list.push(fn);
    else methods.set(fn.name, [fn]);
  }
  const reached = new Set<FnSymbol>();
  const stack: FnSymbol[] = [];
  const reach = (fn: FnSymbol): void => {
    if (reached.has(fn)) return;
    reached.add(fn);
    stack.push(fn);
  };
  for (const { fn, at } of res.calls) {
    if (typeof fn !== "string") reach(fn);
    else for (const method of methods.get(fn) ?? []) reach(method);
    for (let next = stack.pop(); next; next = stack.pop()) {
      const body = bodies.get(next);
      if (!body) continue;
      for (const v of body.uses) if (at < (res.complete.get(v) ?? 0)) v.mayBeReadEarly = true;
      for (const callee of body.calls) reach(callee);
      for (const name of body.methods) for (const method of methods.get(name) ?? []) reach(method);
    }
  }
  // Who uses a module goes on after its `return`; when the main file's code ends, everything does.
  if (res.module.file !== MAIN)
    for (const [v, at] of res.complete) if (at > res.returns && !v.perRound) v.mayBeReadEarly = true;
}
