/**
 * Values onto wasm locals.
 *
 *   1. Coalescing: a block parameter and the arguments that edges bring it become one *web* where their ranges do not
 *      overlap, inner loops first; then the values that frame states want in the same window slot. So a variable tends to
 *      stay in one local through a loop, edges need few moves, and exits find a register always in the same local.
 *   2. Colouring: webs in order of their start take the first local of their type that is free for all of their ranges,
 *      those wanted in a slot a local that already serves this slot. Function parameters keep the locals they arrive in.
 *
 * Engines put locals into SSA form again, so moves cost no time in optimised code; fewer locals mean smaller code, less
 * compile time, and smaller frames in baseline code. Locals of lowering's own (exit number, status, sums under test) are
 * apart from these. Cost: webs × locals of their type, each a search in the local's ranges.
 */
import { type Block, isConstant, type Loops, successors, type Value, wasmType } from "../ssa/index.js";
import { overlap, type Ranges, union } from "./ranges.js";
import type { WantedStates } from "./wanted.js";

export type LocalType = "i32" | "i64" | "f64";

export interface Locals {
  /** The local of a value; undefined if it needs none. */
  readonly of: ReadonlyMap<Value, number>;
  /** Types of the locals after the parameters. */
  readonly types: LocalType[];
}

interface Web {
  readonly type: LocalType;
  ranges: Ranges;
  /** Local of the function parameter in this web, or -1. */
  fixed: number;
  readonly members: Value[];
  /** Slots that states want it in. */
  readonly slots: Set<number>;
}
interface Local {
  readonly index: number;
  ranges: Ranges;
  readonly slots: Set<number>;
}

/** Loop depth counts tenfold; deeper than this makes no difference. */
const MAX_WEIGHT_DEPTH = 6;

/** Allocates locals. `params`: types of the function's parameters that hold values (those after them are not touched). */
export function allocateLocals(
  blocks: readonly Block[],
  ranges: ReadonlyMap<Value, Ranges>,
  states: WantedStates,
  loops: Loops,
  params: readonly LocalType[],
  paramCount: number,
): Locals {
  const webs = new Webs(ranges);
  coalesce(blocks, webs, states, loops);
  return colour(webs.all(), params, paramCount);
}

class Webs {
  private readonly web = new Map<Value, Web>();
  constructor(ranges: ReadonlyMap<Value, Ranges>) {
    for (const [v, r] of ranges)
      this.web.set(v, {
        type: wasmType(v.type!),
        ranges: r,
        fixed: v.op === "param" ? (v.aux as number) : -1,
        members: [v],
        slots: new Set(),
      });
  }
  of(v: Value): Web | undefined {
    return this.web.get(v);
  }
  all(): Set<Web> {
    return new Set(this.web.values());
  }
  /** Makes one web of two if that is possible. */
  join(x: Value, y: Value): void {
    const a = this.web.get(x);
    const b = this.web.get(y);
    if (!a || !b || a === b || a.type !== b.type || (a.fixed >= 0 && b.fixed >= 0) || overlap(a.ranges, b.ranges))
      return;
    const [into, from] = a.members.length >= b.members.length ? [a, b] : [b, a];
    into.ranges = union(into.ranges, from.ranges);
    into.fixed = Math.max(into.fixed, from.fixed);
    for (const s of from.slots) into.slots.add(s);
    for (const v of from.members) {
      into.members.push(v);
      this.web.set(v, into);
    }
  }
}

function coalesce(blocks: readonly Block[], webs: Webs, states: WantedStates, loops: Loops): void {
  const moves: { param: Value; arg: Value; depth: number }[] = [];
  for (const b of blocks) {
    const depth = Math.min(loops.of.get(b)?.depth ?? 0, MAX_WEIGHT_DEPTH);
    for (const e of successors(b))
      e.args.forEach((arg, i) => {
        if (!isConstant(arg)) moves.push({ param: e.to.params[i]!, arg, depth });
      });
  }
  moves.sort((x, y) => y.depth - x.depth);
  for (const m of moves) webs.join(m.param, m.arg);

  // In block order, so that the versions of a variable meet one after the other.
  const last = new Map<string, Value>();
  const seen = new Map<Value, Set<number>>();
  const want = (slot: number, v: Value): void => {
    const known = seen.get(v);
    if (known?.has(slot)) return;
    if (known) known.add(slot);
    else seen.set(v, new Set([slot]));
    webs.of(v)?.slots.add(slot);
    const key = `${wasmType(v.type!)} ${slot}`;
    const before = last.get(key);
    if (before) webs.join(before, v);
    last.set(key, v);
  };
  for (const b of blocks) {
    for (const v of b.values) for (const w of states.at(v)) if (!w.kept && !isConstant(w.value)) want(w.slot, w.value);
    for (const w of states.atEnd(b)) if (!w.kept && !isConstant(w.value)) want(w.slot, w.value);
  }
}

function colour(webs: Set<Web>, params: readonly LocalType[], paramCount: number): Locals {
  const byType: Record<LocalType, Local[]> = { i32: [], i64: [], f64: [] };
  params.forEach((type, index) => {
    byType[type].push({ index, ranges: [], slots: new Set() });
  });
  const types: LocalType[] = [];
  const of = new Map<Value, number>();
  const put = (web: Web, local: Local): void => {
    local.ranges = local.ranges.length === 0 ? web.ranges : union(local.ranges, web.ranges);
    for (const s of web.slots) local.slots.add(s);
    for (const v of web.members) of.set(v, local.index);
  };
  const inOrder = [...webs].sort((x, y) => x.ranges[0]! - y.ranges[0]!);
  for (const web of inOrder) if (web.fixed >= 0) put(web, byType[web.type].find((l) => l.index === web.fixed)!);
  for (const web of inOrder) {
    if (web.fixed >= 0) continue;
    const locals = byType[web.type];
    let found: Local | undefined;
    let preferred = false;
    for (const l of locals) {
      const serves = web.slots.size > 0 && shares(web.slots, l.slots);
      if ((found && !serves) || overlap(l.ranges, web.ranges)) continue;
      found = l;
      preferred = serves;
      if (preferred || web.slots.size === 0) break;
    }
    if (!found) {
      found = { index: paramCount + types.length, ranges: [], slots: new Set() };
      locals.push(found);
      types.push(web.type);
    }
    put(web, found);
  }
  return { of, types };
}

function shares(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const x of a) if (b.has(x)) return true;
  return false;
}
