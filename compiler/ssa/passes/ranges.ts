/**
 * Removal of checks that value ranges prove needless.
 *
 *   before  b1(v1: i32): v2 = i32.lt_s v1, v0            after  b1(v1: i32): v2 = i32.lt_s v1, v0
 *                        branch v2, b2(), b3()                               branch v2, b2(), b3()
 *           b2(): v3 = i32.add.check v1, 1 {…}                  b2(): v3 = i32.add v1, 1
 *
 * Checked `+ - * neg` whose exact result fits become plain ones, checked conversions plain conversions; comparisons whose
 * outcome is known become constants; divisions of what is not negative by powers of two become shifts and masks.
 * In the JIT, where leaving too early costs time but never a result, a sum with one small operand is tested before the op by
 * one compare of the other operand. Divisions of floats by what cannot be 0 (a converted integer, 1 + a square) need no test. Integer divisions by something
 * that is not 0 keep their check: a plain one must not move to where it is (see ops.ts).
 *
 * Cost: that of ranges.ts. Keeps the block graph; branches on constants are left to simplify. Runs after gvn (one value
 * for equal operations, so that facts about one are facts about all) and inline (arguments are known).
 */
import { compared, contains, exact, fullOf, type Interval } from "../intervals.js";
import { type Func, isConstant, type Value } from "../ir.js";
import type { SsaOp } from "../ops.js";
import { Ranges } from "../ranges.js";
import { Substitution } from "../rewrite.js";

/** Returns the number of checks removed and operations replaced. */
export function ranges(f: Func): number {
  const known = new Ranges(f);
  const to = new Substitution();
  let hits = 0;
  const gone = new Set<Value>();
  known.visit(
    (v) => {
      if (weaker(f, v, known)) {
        hits++;
        return;
      }
      const by = instead(f, v, known);
      if (!by) return;
      to.set(v, by);
      gone.add(v);
      hits++;
    },
    (b) => {
      const t = b.term;
      if (t.kind !== "branch" || isConstant(t.cond)) return;
      const x = known.at(t.cond)!;
      if (x.lo <= 0n && x.hi >= 0n && x.lo !== x.hi) return;
      t.cond = f.constant("i32", x.lo === 0n && x.hi === 0n ? 0 : 1);
      hits++;
    },
  );
  if (gone.size > 0)
    for (const b of f.blocks)
      b.values = b.values.filter((v) => {
        if (!gone.has(v)) return true;
        v.block = null;
        return false;
      });
  to.apply(f);
  return hits;
}

/** Turns a check into a plain operation, or a division into a cheaper one; true if it did. */
function weaker(f: Func, v: Value, known: Ranges): boolean {
  if (v.op === "f64.div.check" && nonZero(v.args[1]!, known, 0)) {
    plain(v, "f64.div", v.args);
    return true;
  }
  const full = fullOf(v.type);
  const [x, y] = v.args.map((a) => known.at(a)) as [Interval | null, Interval | null];
  if (!full || !x) return false;
  const dot = v.op.indexOf(".");
  const ty = v.op.slice(0, dot);
  if (v.op === "cast.check") return conversion(v, x);
  if (v.op.endsWith(".check")) {
    const name = v.op.slice(dot + 1, -".check".length);
    const result = exact(name, x, y ?? undefined);
    if (!result || !contains(full, result)) return f.mode === "jit" && testedBefore(f, v, name, full, x, y);
    // There is no plain integer negation.
    if (name === "neg") plain(v, `${ty}.sub` as SsaOp, [f.constant(v.type!, 0), v.args[0]!]);
    else plain(v, `${ty}.${name}` as SsaOp, v.args);
    return true;
  }
  const divisor = v.args[1]?.aux;
  if (!y || y.lo !== y.hi || x.lo < 0n || y.lo < 2n || (y.lo & (y.lo - 1n)) !== 0n || divisor === undefined)
    return false;
  if (v.op === `${ty}.div_s`)
    plain(v, `${ty}.shr_u` as SsaOp, [v.args[0]!, f.constant(v.type!, y.lo.toString(2).length - 1)]);
  else if (v.op === `${ty}.rem_s`) plain(v, `${ty}.and` as SsaOp, [v.args[0]!, f.constant(v.type!, y.lo - 1n)]);
  else return false;
  return true;
}
/** What counts as a small operand: so near to its end a number seldom is. */
const SMALL = { i32: 1n << 12n, i64: 1n << 32n } as const;
/**
 *   v4 = i64.add.check v1, v2        v2 in 0..6:        v5 = i64.le_s v1, MAX - 6
 *                                                       check.true v5
 *                                                       v4 = i64.add v1, v2
 *
 * instead of computing the sum and comparing three signs. True if it was done.
 */
function testedBefore(f: Func, v: Value, name: string, full: Interval, x: Interval, y: Interval | null): boolean {
  if ((name !== "add" && name !== "sub") || !y) return false;
  const ty = v.type as keyof typeof SMALL;
  const small = (r: Interval): boolean => r.lo >= -SMALL[ty] && r.hi <= SMALL[ty] && (r.lo >= 0n || r.hi <= 0n);
  const [a, b] = v.args as [Value, Value];
  // A constant operand is tested so already.
  if (isConstant(a) || isConstant(b)) return false;
  const swap = name === "add" && small(x) && !small(y);
  const [large, step] = swap ? [b, x] : [a, y];
  if (!small(step)) return false;
  const up = name === "add" ? step.lo >= 0n : step.hi <= 0n;
  const reach = step.lo >= 0n ? step.hi : -step.lo;
  const limit = f.constant(ty, up ? full.hi - reach : full.lo + reach);
  const test = f.newValue(`${ty}.le_s`, "i32", up ? [large, limit] : [limit, large], null, v.pc);
  test.rep = "bool";
  const check = f.newValue("check.true", null, [test], "E0004", v.pc);
  for (const made of [test, check]) {
    made.block = v.block;
    made.inlined = v.inlined;
  }
  check.state = v.state;
  const { values } = v.block!;
  values.splice(values.indexOf(v), 0, test, check);
  plain(v, `${ty}.${name}` as SsaOp, v.args);
  return true;
}
function plain(v: Value, op: SsaOp, args: Value[]): void {
  v.op = op;
  v.args = args;
  v.aux = null;
  v.state = null;
}
/** Whether a float is certainly not 0; NaN is not 0 either. */
function nonZero(v: Value, known: Ranges, depth: number): boolean {
  const [x, y] = v.args;
  if (v.op === "const.f64") return v.aux !== 0;
  if (v.op.startsWith("f64.from_")) {
    const range = known.at(x!);
    return range !== null && (range.lo > 0n || range.hi < 0n);
  }
  if (v.op === "f64.neg") return nonZero(x!, known, depth);
  // Not negative plus more than 0: rounding never goes below the larger operand.
  if (v.op === "f64.add" && depth < 4)
    return (
      notNegative(x!, known, depth + 1) &&
      notNegative(y!, known, depth + 1) &&
      (nonZero(x!, known, depth + 1) || nonZero(y!, known, depth + 1))
    );
  return false;
}
/** Whether a float is certainly 0, more than 0, or NaN. */
function notNegative(v: Value, known: Ranges, depth: number): boolean {
  const [x, y] = v.args;
  if (v.op === "const.f64") return (v.aux as number) >= 0;
  if (v.op.endsWith("_u") && v.op.startsWith("f64.from_")) return true;
  if (v.op.startsWith("f64.from_")) return (known.at(x!)?.lo ?? -1n) >= 0n;
  if (v.op === "f64.mul" && x === y) return true;
  if ((v.op === "f64.add" || v.op === "f64.mul") && depth < 4)
    return notNegative(x!, known, depth + 1) && notNegative(y!, known, depth + 1);
  return false;
}

/** Checked conversions between integers whose operand fits. */
function conversion(v: Value, x: Interval): boolean {
  const upTo = (hi: bigint): boolean => x.lo >= 0n && x.hi <= hi;
  switch (v.aux) {
    case "I32_TO_U64":
      if (x.lo < 0n) return false;
      plain(v, "i64.extend_u", v.args);
      return true;
    case "I64_TO_U32":
    case "U64_TO_U32":
      if (!upTo((1n << 32n) - 1n)) return false;
      plain(v, "i32.wrap", v.args);
      return true;
    case "U64_TO_I32":
    case "I64_TO_INDEX":
    case "U64_TO_INDEX":
      if (!upTo((1n << 31n) - 1n)) return false;
      plain(v, "i32.wrap", v.args);
      return true;
    default:
      return false;
  }
}

/** The value to use instead of one that is known, or null. */
function instead(f: Func, v: Value, known: Ranges): Value | null {
  if (v.op === "cast.check" && (v.aux === "I64_TO_U64" || v.aux === "U64_TO_I64" || v.aux === "U32_TO_INDEX"))
    return (known.at(v.args[0]!)?.lo ?? -1n) >= 0n ? v.args[0]! : null;
  if (v.op === "check.true") {
    const x = known.at(v.args[0]!)!;
    return x.lo > 0n || x.hi < 0n ? v.args[0]! : null;
  }
  if (v.op === "check.index") {
    const [index, length] = v.args.map((a) => known.at(a)) as [Interval, Interval];
    return index.lo >= 0n && index.hi < length.lo ? v.args[0]! : null;
  }
  const match = /^i(?:32|64)\.(eq|ne|lt|le)(_[su])?$/.exec(v.op);
  if (!match) return null;
  const [x, y] = v.args.map((a) => known.at(a)) as [Interval, Interval];
  if (match[2] === "_u" && (x.lo < 0n || y.lo < 0n)) return null;
  const how = match[1] as "eq" | "ne" | "lt" | "le";
  if (!compared(how, x, y)) return f.constant("i32", 0);
  const opposite =
    how === "eq"
      ? compared("ne", x, y)
      : how === "ne"
        ? compared("eq", x, y)
        : compared(how === "lt" ? "le" : "lt", y, x);
  return opposite ? null : f.constant("i32", 1);
}
