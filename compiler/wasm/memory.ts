/**
 * Loads and stores of arrays, structs, enum values, closures and cells.
 *
 * An element is at `data + index * size`: the index has been checked against the length, so that is inside of the array. Of references
 * slots have 8 bytes, elements 4.
 */
import { ARRAY, ELEMENT_BYTES, REP, SLOTS } from "../layout/objects.js";
import { REG } from "../layout/vm.js";
import { type Value, wasmType } from "../ssa/index.js";
import type { Expr, Instructions } from "./instructions.js";
import { wasmOf } from "./unit.js";

type Read = (v: Value) => Expr;
type ElementRep = keyof typeof REP;

/** The expression of a load; null: `v` is none of those. */
export function lowerLoad(v: Value, ins: Instructions, read: Read): Expr | null {
  const object = (): Expr => read(v.args[0]!);
  switch (v.op) {
    case "array.length":
      return ins.load("i32", object(), ARRAY.at.length);
    case "array.data":
      return ins.load("i32", object(), ARRAY.at.data);
    case "array.load": {
      const rep = v.aux as ElementRep;
      const { address, offset } = element(v, ins, read);
      return rep === "bool" ? ins.m.i32.load8_u(offset, 1, address) : ins.load(wasmOf(rep), address, offset);
    }
    case "slot.load":
      return ins.load(wasmType(v.type!), object(), slotAt(v));
    case "variant.load":
      return ins.m.i32.load16_u(SLOTS.at.count, 2, object());
    default:
      return null;
  }
}

/** The statement of a store. */
export function lowerStore(v: Value, ins: Instructions, read: Read): Expr {
  if (v.op === "slot.store") {
    const [object, value] = v.args as [Value, Value];
    return ins.storeWhole(value.type!, read(object), slotAt(v), read(value));
  }
  const rep = v.aux as ElementRep;
  const { address, offset } = element(v, ins, read);
  const value = read(v.args[3]!);
  return rep === "bool" ? ins.m.i32.store8(offset, 1, address, value) : ins.store(wasmOf(rep), address, offset, value);
}

const slotAt = (v: Value): number => SLOTS.size + REG * (v.aux as number);
/** Offsets beyond this are added instead. */
const MAX_OFFSET = 2 ** 31;
function element(v: Value, ins: Instructions, read: Read): { address: Expr; offset: number } {
  const [, data, index] = v.args as [Value, Value, Value];
  const size = ELEMENT_BYTES[REP[v.aux as ElementRep]]!;
  const known = index.op === "const.i32" ? (index.aux as number) * size : -1;
  if (known >= 0 && known < MAX_OFFSET) return { address: read(data), offset: known };
  const distance = size === 1 ? read(index) : ins.op("i32.shl", read(index), ins.i32(Math.log2(size)));
  return { address: ins.op("i32.add", read(data), distance), offset: 0 };
}
