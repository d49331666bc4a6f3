/**
 * Global value numbering by dominators.
 *
 * A pure operation whose equal (same op, same arguments) dominates it is that value. A check whose equal dominates it has
 * already held, and a plain operation may use the result of its checked twin. Loads of module variables are forwarded along
 * straight lines, from loads and stores, up to the next call.
 *
 *   before  b0(): v2 = i32.add.check v0, v1 {…}       after  b0(): v2 = i32.add.check v0, v1 {…}
 *                 branch v3, b1(), b2()                            branch v3, b1(), b2()
 *           b1(): v4 = i32.add.check v0, v1 {…}              b1(): return v2
 *                 return v4
 *
 * Cost: linear, a walk over the dominator tree with a scoped table. Keeps the block graph. Wants simplify before it
 * (constants on the right, one form per operation); replaced pure values are left to dce.
 */
import { dominatorsOf } from "../dominators.js";
import { type Block, type Func, isConstant, isPure, type Value } from "../ir.js";
import { Substitution } from "../rewrite.js";

/** Returns the number of values replaced or checks removed. */
export function gvn(f: Func): number {
  const dom = dominatorsOf(f);
  const to = new Substitution();
  const table = new Map<string, Value>();
  let removed = 0;
  /** Keys that a block added: taken away when its subtree is done. */
  const stack: { block: Block; next: number; added: string[]; depth: number; globals: Map<number, Value> }[] = [];
  const enter = (block: Block, depth: number, globals: Map<number, Value>): void => {
    const added: string[] = [];
    let level = depth;
    block.values = block.values.filter((v) => {
      v.args = v.args.map((a) => to.of(a));
      if (v.op === "check.depth") {
        if ((v.aux as number) <= level) {
          removed++;
          v.block = null;
          return false;
        }
        level = v.aux as number;
        return true;
      }
      if (memory(v, globals, to)) {
        removed++;
        return true;
      }
      const key = keyOf(v);
      if (key === null) return true;
      const known = table.get(key);
      if (!known) {
        define(v, key, added);
        return true;
      }
      if (v.type !== null) to.set(v, known);
      removed++;
      v.block = null;
      return false;
    });
    stack.push({ block, next: 0, added, depth: level, globals });
  };
  const define = (v: Value, key: string, added: string[]): void => {
    const twin = v.op.endsWith(".check") ? keyOf(v, v.op.slice(0, -".check".length)) : null;
    for (const k of twin === null ? [key] : [key, twin]) {
      // A plain operation before its checked twin keeps the table's entry.
      if (table.has(k)) continue;
      table.set(k, v);
      added.push(k);
    }
  };
  enter(f.entry, 0, new Map());
  for (let top = stack[stack.length - 1]; top; top = stack[stack.length - 1]) {
    const child = dom.children.get(top.block)![top.next++];
    if (child) enter(child, top.depth, child.preds.length === 1 ? new Map(top.globals) : new Map());
    else {
      for (const k of top.added) table.delete(k);
      stack.pop();
    }
  }
  to.apply(f);
  return removed;
}

/** What makes two operations equal, or null if the operation is no candidate. */
function keyOf(v: Value, op: string = v.op): string | null {
  if (isConstant(v) || v.op === "param" || v.op === "load.reg") return null;
  if (!isPure(v) && !(v.row?.exits && v.row.effect === undefined)) return null;
  const ids = v.args.map((a) => a.id);
  if (v.args.length === 2 && (v.row!.commutes || op.endsWith("add.check") || op.endsWith("mul.check")))
    ids.sort((x, y) => x - y);
  // The error code of check.true does not matter: the first one has held.
  return `${op} ${v.op === "check.true" ? "" : (v.aux ?? "")} ${ids.join(" ")}`;
}

/** Keeps what is known of module variables; true if `v` is a load that is replaced. */
function memory(v: Value, globals: Map<number, Value>, to: Substitution): boolean {
  if (v.op === "call") globals.clear();
  else if (v.op === "global.set") globals.set(v.aux as number, v.args[0]!);
  else if (v.op === "global.get") {
    const known = globals.get(v.aux as number);
    if (known) {
      to.set(v, known);
      return true;
    }
    globals.set(v.aux as number, v);
  }
  return false;
}
