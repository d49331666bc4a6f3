/**
 * The functions around a body, through which interpreter and native code reach each other.
 *
 *   entry    (base, depth) → status              interpreter → body: parameters from the window, result to its slot 0
 *   stub     (params…, base, depth) → (result, status)    native → interpreter, for a callee that has no body yet
 *
 * A loop's entry is its function itself.
 */
import { parameterRegisters } from "../layout/frame.js";
import { STATUS } from "../layout/vm.js";
import { tyOf } from "../ssa/index.js";
import { type Expr, slotOffset } from "./instructions.js";
import { BODY, ENTRY, stubName } from "./names.js";
import { signatureOf, type Unit, wasmOf } from "./unit.js";

/** Adds `entry` for the unit's body. The result is stored for OK only: otherwise the window holds the frame's state. */
export function addEntry(u: Unit): void {
  const { ins, f } = u;
  const { m, b } = ins;
  const { results, result } = signatureOf(ins, u.target.chunk.functions[f.fn]!, false);
  const [base, depth, status, pair] = [0, 1, 2, 3];
  const registers = parameterRegisters(f.params);
  const args = f.params.map((rep, i) => ins.load(wasmOf(rep), ins.get(base, "i32"), slotOffset(registers[i]!)));
  const call = m.call(BODY, [...args, ins.get(base, "i32"), ins.get(depth, "i32")], results);
  const hidden = b.createType([b.i32, b.i32]);
  if (result === null) {
    m.addFunction(ENTRY, hidden, b.i32, [], call);
    return;
  }
  const part = (i: number): Expr => m.tuple.extract(m.local.get(pair, results), i);
  m.addFunction(
    ENTRY,
    hidden,
    b.i32,
    [b.i32, results],
    m.block(
      null,
      [
        m.local.set(pair, call),
        m.local.set(status, part(1)),
        m.if(
          ins.op("i32.eq", ins.get(status, "i32"), ins.i32(STATUS.OK)),
          ins.storeWhole(tyOf(f.result!), ins.get(base, "i32"), 0, part(0)),
        ),
        ins.get(status, "i32"),
      ],
      b.i32,
    ),
  );
}

/** Adds `stub:<fn>`: runs the interpreter, nested, in the window at base. */
export function addStub(u: Unit, fn: number): void {
  const { ins } = u;
  const { m, b } = ins;
  const { chunk } = u.target;
  const { params: reps } = chunk.functions[fn]!;
  const { params, results, result } = signatureOf(ins, chunk.functions[fn]!, false);
  const base = reps.length;
  const getBase = (): Expr => ins.get(base, "i32");
  const registers = parameterRegisters(reps);
  const stores = reps.map((rep, i) =>
    ins.storeWhole(tyOf(rep), getBase(), slotOffset(registers[i]!), ins.get(i, wasmOf(rep))),
  );
  const run = u.call("interpret", [ins.i32(u.record(fn)), getBase(), ins.get(base + 1, "i32")], "i32");
  if (result === null) {
    m.addFunction(stubName(fn), params, results, [], m.block(null, [...stores, run], b.i32));
    return;
  }
  const status = base + 2;
  const value = m.tuple.make([ins.load(result, getBase(), 0), ins.get(status, "i32")]);
  m.addFunction(
    stubName(fn),
    params,
    results,
    [b.i32],
    m.block(null, [...stores, m.local.set(status, run), value], results),
  );
}
