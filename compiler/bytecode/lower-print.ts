/**
 * Lowering of `print`: the template is taken apart here, so that nothing of it is left at run time. Texts between values
 * are merged, and values known before the program runs become text, except floats (their exact text is the runtime's
 * business).
 */
import { isNamed, type Rep } from "../analysis/types.js";
import type { Expr, PrintStmt } from "../syntax/ast.js";
import type { Constant } from "./chunk.js";
import type { Register } from "./code.js";
import { type At, stripped } from "./lower-base.js";
import { mayAssign } from "./lower-condition.js";
import { ExprLowering } from "./lower-expr.js";
import type { OpName } from "./ops.js";

type Mark =
  | { readonly kind: "plain" }
  | { readonly kind: "radix"; readonly radix: number; readonly upper: boolean }
  | { readonly kind: "fixed"; readonly digits: number };
type Piece = string | { readonly arg: Expr; readonly mark: Mark };

const RADIX: Record<string, { radix: number; upper: boolean }> = {
  x: { radix: 16, upper: false },
  X: { radix: 16, upper: true },
  o: { radix: 8, upper: false },
  b: { radix: 2, upper: false },
};
/** PRINT_RADIX: the bit of its immediate that asks for capitals. */
const UPPER_CASE = 256;
/** More decimals than any double has: beyond them are zeros, and nobody reads that many. */
const MAX_DECIMALS = 100_000;

/** The pieces of a print statement's line (core 16.3). */
export function pieces(args: readonly Expr[]): Piece[] {
  const out: Piece[] = [];
  let used = 0;
  const first = args[0];
  if (first?.kind === "string") {
    used = 1;
    let at = 0;
    for (const match of first.text.matchAll(/@(?:([xXob])|\.(\d+)f?)?/g)) {
      const arg = args[used];
      if (!arg) break;
      used++;
      out.push(first.text.slice(at, match.index));
      const [, letter, digits] = match;
      const mark: Mark = letter
        ? { kind: "radix", ...RADIX[letter]! }
        : digits !== undefined
          ? { kind: "fixed", digits: Math.min(Number(digits), MAX_DECIMALS) }
          : { kind: "plain" };
      out.push({ arg, mark });
      at = match.index + match[0].length;
    }
    out.push(first.text.slice(at));
  }
  for (let i = used; i < args.length; i++) {
    if (i > 0) out.push(" ");
    out.push({ arg: args[i]!, mark: { kind: "plain" } });
  }
  return out;
}

/** The text of a constant under a mark, or null when only the runtime can tell. */
function textOf(c: Constant, mark: Mark): string | null {
  switch (c.type) {
    case "ref":
      return "text" in c ? c.text : null;
    case "bool":
      return c.value ? "true" : "false";
    case "f64":
      return null;
    default: {
      if (mark.kind !== "radix") return String(c.value);
      const text = BigInt.asUintN(64, BigInt(c.value)).toString(mark.radix);
      return mark.upper ? text.toUpperCase() : text;
    }
  }
}

export abstract class PrintLowering extends ExprLowering {
  protected print(s: PrintStmt): void {
    const list = pieces(s.args);
    const ready: (string | { readonly value: Register; readonly arg: Expr; readonly mark: Mark })[] = [];
    const assigns = s.args.findLastIndex(mayAssign);
    for (const piece of list) {
      const text = typeof piece === "string" ? piece : this.known(piece.arg, piece.mark);
      if (text !== null) {
        const before = ready.at(-1);
        if (typeof before === "string") ready[ready.length - 1] = before + text;
        else if (text !== "") ready.push(text);
      } else if (typeof piece !== "string")
        ready.push({
          value: this.shown(piece.arg, s.args.indexOf(piece.arg) < assigns),
          arg: piece.arg,
          mark: piece.mark,
        });
    }
    this.code.at(s.span.start);
    const span = { start: s.keyword.start, end: s.keyword.end, operands: [] };
    for (const r of ready) {
      if (typeof r === "string") this.code.emit("PRINT_TEXT", [this.program.pool.add({ type: "ref", text: r })], span);
      else this.printValue(r.value, r.arg, r.mark, span);
    }
    this.code.emit("PRINT_END", [], span);
  }

  private known(arg: Expr, mark: Mark): string | null {
    const c = this.fold(arg);
    return c === null ? null : textOf(c, mark);
  }

  /** The value of an argument; a copy where a later one may assign to the variable. */
  private shown(arg: Expr, copied: boolean): Register {
    const r = this.value(arg);
    return copied && stripped(arg).kind === "name" ? this.into(this.temp(this.rep(arg)), r) : r;
  }

  protected printText(text: Register, at: At): void {
    this.code.emit("PRINT_STRING", [text], { start: at.start, end: at.end, operands: [] });
  }

  private printValue(
    value: Register,
    arg: Expr,
    mark: Mark,
    span: { start: number; end: number; operands: [] | readonly never[] },
  ): void {
    const rep: Rep = this.rep(arg);
    if (mark.kind === "fixed" && rep === "f64") {
      this.code.emit("PRINT_FIXED", [value, mark.digits], span);
    } else if (mark.kind === "radix" && rep !== "f64" && rep !== "bool" && rep !== "ref" && rep !== "any") {
      let bits = value;
      if (rep === "i32" || rep === "u32") {
        bits = this.temp("i64");
        this.code.emit(rep === "i32" ? "I32_TO_I64" : "U32_TO_I64", [bits, value]);
      }
      this.code.emit("PRINT_RADIX", [bits, mark.radix + (mark.upper ? UPPER_CASE : 0)], span);
    } else {
      const text = rep === "ref" && isNamed(this.typeOfValue(arg), "string");
      this.code.emit(`PRINT_${text ? "STRING" : rep.toUpperCase()}` as OpName, [value], span);
    }
  }
}
