/**
 * Loop-invariant float constants: a LOAD_K of an f64 inside of a loop moves before the outermost loop, so the interpreter
 * does not load `2.0` again in every round (mandelbrot: two of fifteen dispatches). Integers stay where they are: small
 * ones are immediates, and native code that is entered at a loop wants to see its divisors. For the same reason the
 * divisors of float divisions stay.
 */
import { type Arg, type FnCode, type Ins, isOut, isRegister, Label, type Register, type VReg } from "./code.js";
import { OP, OP_LIST, type OpName } from "./ops.js";

/** Constants kept in registers through one loop: more would push variables out of the registers that operands name. */
const MOST = 12;

/** Rewrites the list, its labels and its loops in place. `isFloat`: whether a constant of the pool is an f64. */
export function hoistConstants(code: FnCode, isFloat: (constant: number) => boolean): void {
  const outermost = code.loops.filter((loop) => loop.parent < 0);
  if (outermost.length === 0) return;
  const definitions = countDefinitions(code.list, isFloat);
  // From the end, so that the ranges of the loops that are still to do stay true.
  for (const loop of outermost.reverse()) {
    const kept = new Map<number, VReg>();
    const renamed = new Map<Register, VReg>();
    const removed = new Set<Ins>();
    for (let i = loop.start; i < loop.end; i++) {
      const ins = code.list[i]!;
      if (!isFloatLoad(ins, isFloat)) continue;
      const to = ins.args[0] as Register;
      const constant = ins.args[1] as number;
      if (isOut(to) || to.fixed >= 0 || definitions.get(to) !== 1) continue;
      const same = kept.get(constant);
      if (!same && kept.size === MOST) continue;
      if (same) renamed.set(to, same);
      else kept.set(constant, to);
      removed.add(ins);
    }
    if (removed.size === 0) continue;
    for (let i = loop.start; i < loop.end; i++) {
      const { args } = code.list[i]!;
      args.forEach((a, k) => {
        const by = isRegister(a) ? renamed.get(a) : undefined;
        if (by) args[k] = by;
      });
    }
    move(code, loop.start, loop.end, removed, kept);
  }
}

const writesFirst = (op: OpName): boolean => {
  const role = OP_LIST[OP[op]]!.list[0]?.role;
  return role === "def" || role === "both";
};
const isFloatLoad = (ins: Ins, isFloat: (constant: number) => boolean): boolean =>
  ins.op === "LOAD_K" && isFloat(ins.args[1] as number);

/** How often registers that some LOAD_K writes are written; those that divide count as written often. */
function countDefinitions(list: readonly Ins[], isFloat: (constant: number) => boolean): Map<Register, number> {
  const found = new Map<Register, number>();
  for (const ins of list) if (isFloatLoad(ins, isFloat)) found.set(ins.args[0] as Register, 0);
  for (const { op, args } of list) {
    const [to, , by] = args;
    // The first operand is the one that is written, if any: a use of a constant there is no harm.
    if (isRegister(to) && found.has(to) && writesFirst(op)) found.set(to, found.get(to)! + 1);
    if ((op === "DIV_F64" || op === "REM_F64") && isRegister(by) && found.has(by)) found.set(by, 2);
  }
  return found;
}

/** Takes the loads out of the loop's range and puts one of each constant before it. */
function move(
  code: FnCode,
  start: number,
  end: number,
  removed: ReadonlySet<Ins>,
  kept: ReadonlyMap<number, VReg>,
): void {
  const { list } = code;
  const offset = list[start]!.offset;
  const loads = [...kept].map(([constant, to]): Ins => ({ op: "LOAD_K", args: [to, constant], offset, span: null }));
  // Where each index goes; the label of the loop itself goes to its LOOP, others at the same place to the loads.
  const at = new Int32Array(list.length + 1);
  const out: Ins[] = list.slice(0, start);
  for (let i = 0; i < start; i++) at[i] = i;
  out.push(...loads);
  const header = out.length;
  for (let i = start; i < list.length; i++) {
    at[i] = out.length;
    if (!removed.has(list[i]!)) out.push(list[i]!);
  }
  at[list.length] = out.length;
  const inside = labelsOf(list.slice(start, end));
  const all = labelsOf(list);
  for (const h of code.handlers) all.add(h.target);
  for (const label of all) label.at = label.at === start && !inside.has(label) ? start : at[label.at]!;
  for (const loop of code.loops) {
    loop.start = loop.start === start ? header : at[loop.start]!;
    loop.end = at[loop.end]!;
  }
  for (const h of code.handlers) {
    h.start = at[h.start]!;
    h.end = at[h.end]!;
  }
  list.splice(0, list.length, ...out);
}

function labelsOf(list: readonly Ins[]): Set<Label> {
  const labels = new Set<Label>();
  for (const { args } of list) for (const a of args as Arg[]) if (a instanceof Label) labels.add(a);
  return labels;
}
