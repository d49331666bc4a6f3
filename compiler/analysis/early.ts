/**
 * Which variables of module level may be read before their declaration has run (E0018).
 *
 * A function may be called above its definition, so a call in module-level code can reach a function that reads a
 * variable declared further down. The answer here is conservative: a variable is marked if some call that stands before
 * the end of its declaration can reach, through any calls at all, a function that refers to it. Reads of the others
 * need no check. Cost: calls are taken in source order and each function is visited once, by the first call that
 * reaches it.
 */
import type { Resolution, Unit } from "./resolve.js";
import type { FnSymbol } from "./symbols.js";

export function markEarlyReads(res: Resolution): void {
  const bodies = new Map<FnSymbol, Unit>();
  for (const unit of res.units) if (unit.node.kind === "fn") bodies.set(unit.node.symbol!, unit);
  const reached = new Set<FnSymbol>();
  for (const { fn, at } of res.calls) {
    if (reached.has(fn)) continue;
    const stack = [fn];
    reached.add(fn);
    for (let next = stack.pop(); next; next = stack.pop()) {
      const body = bodies.get(next);
      if (!body) continue;
      for (const v of body.uses) if (at < res.complete.get(v)!) v.mayBeReadEarly = true;
      for (const callee of body.calls) {
        if (!reached.has(callee)) {
          reached.add(callee);
          stack.push(callee);
        }
      }
    }
  }
}
