/** Strings of the reference machine: texts of ASCII characters, so that characters are bytes. */
import type { OpName } from "../../../../compiler/bytecode/ops.js";
import type { RunValue } from "../../../../compiler/ssa/index.js";

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The runtime functions that allocate, and `stringLength`. */
export function runtime(helper: string, args: readonly RunValue[]): RunValue {
  const [a, b] = args as [string, string];
  switch (helper) {
    case "stringLength":
      return a.length;
    case "stringEquals":
      return a === b ? 1 : 0;
    case "stringOrder":
      return order(a, b);
    case "stringConcat":
      return a + b;
    case "stringByte":
      return a[args[1] as number]!;
    case "stringPrintable":
      return a;
    case "textI64":
      return String(args[0]);
    case "textU64":
      return String(BigInt.asUintN(64, args[0] as bigint));
    case "textF64":
      return String(args[0]);
    default:
      throw new Error(`no runtime function ${helper}`);
  }
}

/** The result of a string op, or undefined if the op is none. */
export function stringOp(
  name: OpName,
  get: (i: number) => RunValue,
  fail: (code: string) => never,
): RunValue | undefined {
  const text = (i: number): string => get(i) as string;
  switch (name) {
    case "EQ_STRING":
      return text(1) === text(2) ? 1 : 0;
    case "NE_STRING":
      return text(1) === text(2) ? 0 : 1;
    case "LT_STRING":
      return order(text(1), text(2)) < 0 ? 1 : 0;
    case "LE_STRING":
      return order(text(1), text(2)) <= 0 ? 1 : 0;
    case "CONCAT":
      return text(1) + text(2);
    case "LEN_STRING":
      return text(1).length;
    case "INDEX_STRING":
    case "INDEX_STRING_U64": {
      const at = get(2) as bigint;
      if (at < 0n && name === "INDEX_STRING") fail("E0002.3");
      if (BigInt.asUintN(64, at) >= BigInt(text(1).length)) fail("E0002.2");
      return text(1)[Number(at)]!;
    }
    case "I64_TO_STRING":
      return runtime("textI64", [get(1)]);
    case "U64_TO_STRING":
      return runtime("textU64", [get(1)]);
    case "F64_TO_STRING":
      return runtime("textF64", [get(1)]);
    default:
      return undefined;
  }
}
