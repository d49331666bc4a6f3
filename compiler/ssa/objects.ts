/**
 * What the bytecode's object ops mean in SSA: array accesses in parts (length, check, elements), which passes share and move; slots;
 * everything else is a call of the runtime function of an extended op.
 */
import type { Rep } from "../analysis/types.js";
import type { ExtendedName } from "../bytecode/extended.js";
import type { Op } from "../bytecode/ops.js";
import type { Value } from "./ir.js";
import type { Emit } from "./translate.js";

/**
 * The result of an object op, `done` if it has none, or null if the op is no such op. `values` are its operands; `source` gives the
 * register of one.
 */
export function objectOp(
  e: Emit,
  op: Op,
  values: readonly number[],
  source: (i: number) => Value,
): Value | "done" | null {
  if (op.extended) return helper(e, op, values, source);
  const { name } = op;
  const rep = name.slice(name.lastIndexOf("_") + 1).toLowerCase() as Rep;
  if (name.startsWith("GET_")) {
    const [array, index] = [source(1), source(2)];
    return e.effect("array.load", [array, element(e, array, index), index], rep, rep);
  }
  if (name.startsWith("SET_")) {
    const [array, index] = [source(0), source(1)];
    e.effect("array.store", [array, element(e, array, index), index, source(2)], null, rep);
    return "done";
  }
  if (name.endsWith("_TO_INDEX")) return e.check("cast.check", [source(1)], "i32", name);
  if (name.startsWith("LOAD_SLOT_")) return e.effect("slot.load", [source(1)], rep, values[2]!);
  switch (name) {
    case "LEN_ARRAY":
      return e.effect("array.length", [source(1)], "i32");
    case "STORE_SLOT":
      e.effect("slot.store", [source(0), source(1)], null, values[2]!);
      return "done";
    case "LOAD_VARIANT":
      return e.pure("variant.load", [source(1)], "i32");
    default:
      return null;
  }
}

/** Checks an index; where the array's elements are. */
function element(e: Emit, array: Value, index: Value): Value {
  e.check("check.index", [index, e.effect("array.length", [array], "i32")], null);
  return e.effect("array.data", [array], "i32");
}

function helper(e: Emit, op: Op, values: readonly number[], source: (i: number) => Value): Value | "done" {
  const args: Value[] = [];
  let rep: Rep | null = null;
  op.list.forEach((o, i) => {
    switch (o.role) {
      case "def":
        rep = o.type as Rep;
        break;
      case "type":
      case "variant":
      case "fn":
        args.push(e.address(o.role, values[i]!));
        break;
      case "imm":
        args.push(e.constant("i32", values[i]!));
        break;
      default:
        args.push(source(i));
    }
  });
  const made = e.effect("helper", args, rep, op.name as ExtendedName);
  return rep === null ? "done" : made;
}
