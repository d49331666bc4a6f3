/**
 * All runtime functions that native code may call: those of layout/helpers.ts and, derived from the table of extended ops, theirs.
 */
import { HELPERS, type HelperName, type HelperRow, type WasmType } from "../layout/helpers.js";
import { EXTENDED, type ExtendedName, type ExtendedRow } from "./extended.js";
import { OP, OP_LIST, type Operand } from "./ops.js";

export type RuntimeName = HelperName | (typeof EXTENDED)[ExtendedName]["helper"];
export type RuntimeRow = Pick<HelperRow, "params" | "result">;

/** Operands that the function of an extended op gets, in order. */
export const helperOperands = (name: ExtendedName): readonly Operand[] =>
  OP_LIST[OP[name]]!.list.filter((o) => o.role !== "def");
/** The wasm type in which an operand is passed, or a result is given. */
export function helperType(o: Operand): WasmType {
  switch (o.type) {
    case "i64":
    case "u64":
    case "any":
    case "raw":
      return "i64";
    case "f64":
      return "f64";
    default:
      return "i32";
  }
}

export const RUNTIME: Readonly<Record<RuntimeName, RuntimeRow>> = (() => {
  const rows: Record<string, RuntimeRow> = { ...HELPERS };
  for (const [name, row] of Object.entries(EXTENDED) as [ExtendedName, ExtendedRow][]) {
    const def = OP_LIST[OP[name]]!.list.find((o) => o.role === "def");
    const result = row.bits ? "i64" : def ? helperType(def) : null;
    rows[row.helper] = { params: helperOperands(name).map(helperType), result };
  }
  return rows as Record<RuntimeName, RuntimeRow>;
})();
