/**
 * What the bytecode's string ops mean in SSA: calls of runtime functions that allocate, around tests that are done here.
 */
import type { OpName } from "../bytecode/ops.js";
import type { HelperName } from "../layout/helpers.js";
import type { Value } from "./ir.js";
import { compare, type Emit } from "./translate.js";

const TEXTS: Partial<Record<OpName, HelperName>> = {
  I64_TO_STRING: "textI64",
  U64_TO_STRING: "textU64",
  F64_TO_STRING: "textF64",
};

/**
 * The result of a string op, or null if the op is none. `source` gives the register of an operand. `raises`: errors are raised by
 * native code (AOT, and inside of a `try`), so it has to find the right one; else the interpreter does the op again and tells.
 */
export function stringOp(e: Emit, raises: boolean, name: OpName, source: (i: number) => Value): Value | null {
  const runtime = (helper: HelperName, rep: "ref" | "bool" | "i32", ...args: Value[]): Value =>
    e.check("runtime", args, rep, helper);
  const text = TEXTS[name];
  if (text) return runtime(text, "ref", source(1));
  switch (name) {
    case "EQ_STRING":
      return runtime("stringEquals", "bool", source(1), source(2));
    case "NE_STRING":
      return e.pure("i32.eqz", [runtime("stringEquals", "bool", source(1), source(2))], "bool");
    case "LT_STRING":
    case "LE_STRING": {
      const order = runtime("stringOrder", "i32", source(1), source(2));
      return compare(e, name === "LT_STRING" ? "LT" : "LE", "i32", order, e.constant("i32", 0));
    }
    case "CONCAT":
      return runtime("stringConcat", "ref", source(1), source(2));
    case "LEN_STRING":
      return e.pure("string.length", [source(1)], "i32");
    case "INDEX_STRING":
    case "INDEX_STRING_U64": {
      const [s, at] = [source(1), source(2)];
      const length = e.pure("i64.extend_u", [e.pure("string.length", [s], "i32")], "u64");
      if (raises && name === "INDEX_STRING")
        e.check("check.true", [compare(e, "GE", "i64", at, e.constant("i64", 0))], null, "E0002.3");
      e.check("check.true", [compare(e, "LT", "u64", at, length)], null, "E0002.2");
      return runtime("stringByte", "ref", s, e.pure("i32.wrap", [at], "u32"));
    }
    default:
      return null;
  }
}
