/**
 * Global value numbering by dominators.
 *
 * A pure operation whose equal (same op, same arguments) dominates it is that value. A check whose equal dominates it has
 * already held, and a plain operation may use the result of its checked twin. Loads (module variables, arrays, slots) are forwarded
 * along straight lines, from loads and stores, up to what may change them (memory.ts).
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
import { type Block, type Func, helperRow, isConstant, isPure, type Value } from "../ir.js";
import { changes, changesMemory, type Place, placeOf } from "../memory.js";
import { Substitution } from "../rewrite.js";

/** Returns the number of values replaced or checks removed. */
export function gvn(f: Func): number {
  const dom = dominatorsOf(f);
  const to = new Substitution();
  const table = new Map<string, Value>();
  let removed = 0;
  /** Keys that a block added: taken away when its subtree is done. */
  const stack: { block: Block; next: number; added: string[]; depth: number; memory: Memory }[] = [];
  const enter = (block: Block, depth: number, memory: Memory): void => {
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
      if (forward(v, memory, to)) {
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
    stack.push({ block, next: 0, added, depth: level, memory });
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
    if (child) enter(child, top.depth, child.preds.length === 1 ? new Map(top.memory) : new Map());
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
  if (!isPure(v) && !isCheck(v)) return null;
  const ids = v.args.map((a) => a.id);
  if (v.args.length === 2 && (v.row!.commutes || op.endsWith("add.check") || op.endsWith("mul.check")))
    ids.sort((x, y) => x - y);
  // The error code of check.true does not matter: the first one has held.
  return `${op} ${v.op === "check.true" ? "" : (v.aux ?? "")} ${ids.join(" ")}`;
}

/** Fails or not by its arguments alone, does nothing else, and has not failed where control goes on: so not one that is handled. */
const isCheck = (v: Value): boolean =>
  v.row?.exits === true &&
  !v.handled &&
  (v.op === "helper" ? helperRow(v).effects === undefined : v.row.effect === undefined);

/** What is known of places: the value that a load of it would give. */
type Memory = Map<Place, Value>;
/** Keeps what is known of memory; true if `v` is a load that is replaced. */
function forward(v: Value, memory: Memory, to: Substitution): boolean {
  if (v.row?.effect === "reads") {
    const place = placeOf(v);
    if (place === null) return false;
    const known = memory.get(place);
    if (known && known.type === v.type) {
      to.set(v, known);
      return true;
    }
    memory.set(place, v);
    return false;
  }
  if (changesMemory(v)) for (const place of memory.keys()) if (changes(v, place)) memory.delete(place);
  const place = v.row?.effect === "writes" ? placeOf(v) : null;
  if (place !== null) memory.set(place, v.args[v.args.length - 1]!);
  // The length of a new array is known.
  const made = v.op === "helper" ? NEW_ARRAYS[v.aux as string] : undefined;
  if (made !== undefined) memory.set(`array.length ${v.id}`, v.args[made]!);
  return false;
}
/** Ops that make arrays, and which argument is the length. */
const NEW_ARRAYS: Readonly<Record<string, number>> = { NEW_ARRAY: 0, FILL_ARRAY: 1 };
