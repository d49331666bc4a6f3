/**
 * Lowering of arrays, structs and enum values: literals, elements, fields, slices, and stores to places.
 *
 * An index of another type than i32 is brought to one first, with the error that the access itself would give. Values of a
 * literal are evaluated before the object is made, so nothing half-made is ever seen.
 */

import { isNamed, type Rep, type Type } from "../analysis/types.js";
import type { StructSymbol, VariantSymbol } from "../infer/symbols.js";
import { prune } from "../infer/types.js";
import { SLICE } from "../layout/immediates.js";
import type { ArrayLit, Expr, IndexExpr, MemberExpr, SliceExpr, StructLit } from "../syntax/ast.js";
import type { Constant, SpanOperand } from "./chunk.js";
import type { Register } from "./code.js";
import { AnyLowering } from "./lower-any.js";
import { type At, stripped, upper, wide } from "./lower-base.js";
import { mayAssign } from "./lower-condition.js";
import type { OpName } from "./ops.js";

/** A slot number has 8 bits. */
export const MAX_SLOTS = 256;
/** Shorter array literals are made element by element. */
const MIN_CONSTANT = 4;

/** An element or field that is read or written, with everything before it evaluated. */
export type PlaceAt =
  | {
      readonly kind: "element";
      readonly array: Register;
      readonly index: Register;
      readonly rep: Rep;
      readonly e: IndexExpr;
    }
  | { readonly kind: "slot"; readonly object: Register; readonly slot: number; readonly rep: Rep }
  | { readonly kind: "variable"; readonly e: MemberExpr };

/** An operand for messages whose expression is no variable or constant. */
const unnamed = (e: Expr, type: Rep): SpanOperand => ({ start: e.span.start, end: e.span.end, type, name: null });

export abstract class ObjectLowering extends AnyLowering {
  /** Values in registers, in order; a variable that a later one may assign to is copied. */
  protected values(list: readonly Expr[]): Register[] {
    const last = list.findLastIndex(mayAssign);
    return list.map((e, i) => {
      const r = this.value(e);
      return i < last && stripped(e).kind === "name" ? this.into(this.temp(this.rep(e)), r) : r;
    });
  }

  // Arrays.

  protected elementType(array: Type): Type {
    const t = prune(array);
    if (t.kind !== "array") throw new Error("an array was promised");
    return prune(t.element);
  }
  /** Type of an array after its conversion: seen as [any] or not. */
  protected typeOfValue(e: Expr): Type {
    for (let x = e; ; x = x.inner) {
      if (x.convert) return prune(x.convert.to);
      if (x.kind !== "paren") return prune(x.type!);
    }
  }

  protected arrayLiteral(e: ArrayLit, target?: Register): Register {
    const element = this.elementType(e.type!);
    const rep = this.repOf(element);
    const row = this.program.types.type(element, this.env);
    if (e.fill) {
      const value = this.value(e.items[0]!);
      const count = this.fold(e.items[1]!) as { readonly value: number | bigint };
      const n = Number(count.value);
      const at = { start: e.span.start, end: e.span.end };
      this.code.at(e.span.start);
      return this.emitTo("FILL_ARRAY", "ref", target, [value, this.loadInt(Math.min(n, 0x7fffffff)), row], at);
    }
    const constant = this.constantArray(e, rep, row);
    if (constant) return this.emitTo("COPY_ARRAY", "ref", target, [this.load(constant)], e.span);
    const n = e.items.length;
    // A long literal is filled while it is evaluated: nobody else knows the array meanwhile.
    if (n > MAX_WAITING) return this.longArray(e, rep, row, target);
    const values = this.values(e.items);
    this.code.at(e.span.start);
    const array = this.emitTo("NEW_ARRAY", "ref", undefined, [this.loadInt(n), row], e.span);
    values.forEach((v, i) => {
      this.setElement(array, this.loadInt(i), v, rep, e.span, []);
    });
    return this.into(target, array);
  }
  private longArray(e: ArrayLit, rep: Rep, row: number, target?: Register): Register {
    const array = this.emitTo("NEW_ARRAY", "ref", undefined, [this.loadInt(e.items.length), row], e.span);
    const index = this.temp("i32");
    e.items.forEach((item, i) => {
      const value = this.value(item);
      this.setElement(array, this.loadInt(i, index), value, rep, item.span, []);
    });
    return this.into(target, array);
  }
  /** A literal of numbers that are known beforehand. */
  private constantArray(e: ArrayLit, rep: Rep, row: number): Constant | null {
    if (e.items.length < MIN_CONSTANT || rep === "ref" || rep === "any") return null;
    const bits: bigint[] = [];
    const view = new DataView(new ArrayBuffer(8));
    for (const item of e.items) {
      const c = this.fold(item);
      if (!c || c.type === "ref" || c.type !== rep) return null;
      if (c.type === "f64") {
        view.setFloat64(0, c.value);
        bits.push(view.getBigUint64(0));
      } else bits.push(BigInt.asUintN(64, BigInt(c.value)));
    }
    return { type: "ref", object: { kind: "array", element: row, bits } };
  }

  /** An index as an i32. Errors are those of the element. */
  protected index(e: Expr): Register {
    const value = this.value(e);
    const rep = this.rep(e);
    if (rep === "i32") return value;
    const to = this.temp("i32");
    const span = { start: e.span.start, end: e.span.end, operands: [this.operand(e)] };
    this.code.emit(`${upper(rep)}_TO_INDEX` as OpName, [to, value], span);
    return to;
  }
  protected getElement(
    array: Register,
    index: Register,
    rep: Rep,
    at: At,
    operands: readonly SpanOperand[],
    target?: Register,
  ): Register {
    const to = target ?? this.temp(rep);
    this.code.emit(`GET_${upper(rep)}` as OpName, [to, array, index], { start: at.start, end: at.end, operands });
    return to;
  }
  protected setElement(
    array: Register,
    index: Register,
    value: Register,
    rep: Rep,
    at: At,
    operands: readonly SpanOperand[],
  ): void {
    this.code.emit(`SET_${upper(rep)}` as OpName, [array, index, value], { start: at.start, end: at.end, operands });
  }

  protected elementValue(e: IndexExpr, target?: Register): Register {
    const type = this.typeOfValue(e.object);
    if (isNamed(type, "string")) return this.stringElement(e, target);
    const array = this.first(e.object, e.index);
    const index = this.index(e.index);
    this.code.at(e.span.start);
    const operands = [this.operand(e.object), this.indexOperand(e.index)];
    return this.getElement(array, index, this.repOf(this.elementType(type)), e.index.span, operands, target);
  }
  private indexOperand(e: Expr): SpanOperand {
    return this.rep(e) === "i32" ? this.operand(e) : unnamed(e, "i32");
  }
  /** `s[i]` of a string; every integer type becomes 64 bits. */
  private stringElement(e: IndexExpr, target?: Register): Register {
    const s = this.first(e.object, e.index);
    const rep = this.rep(e.index);
    const at = this.toI64(this.value(e.index), rep);
    const to = target ?? this.temp("ref");
    this.code.at(e.span.start);
    this.code.emit(rep === "u64" ? "INDEX_STRING_U64" : "INDEX_STRING", [to, s, at], {
      start: e.index.span.start,
      end: e.index.span.end,
      operands: [this.operand(e.object), this.operand(e.index)],
    });
    return to;
  }
  protected toI64(value: Register, rep: Rep): Register {
    if (wide(rep)) return value;
    const to = this.temp("i64");
    this.code.emit(rep === "i32" ? "I32_TO_I64" : "U32_TO_I64", [to, value]);
    return to;
  }

  protected slice(e: SliceExpr, target?: Register): Register {
    const array = this.value(e.object);
    const zero = (): Register => this.load({ type: "i64", value: 0n });
    let flags = 0;
    const bound = (b: Expr | null, unsigned: number): Register | null => {
      if (!b) return null;
      const rep = this.rep(b);
      if (rep === "u64") flags |= unsigned;
      const value = this.toI64(this.value(b), rep);
      return stripped(b).kind === "name" && wide(rep) ? this.into(this.temp("i64"), value) : value;
    };
    const start = bound(e.start, SLICE.U64_START) ?? zero();
    const end = bound(e.end, SLICE.U64_END);
    if (end === null) flags |= SLICE.OPEN_END;
    const step = bound(e.step, SLICE.U64_STEP) ?? this.load({ type: "i64", value: 1n });
    this.code.at(e.span.start);
    const to = target ?? this.temp("ref");
    // Each bound has its own ways to fail (places.ts): where it is left out none of them is taken.
    const operands = [e.start, e.end, e.step].map((b): SpanOperand => {
      const { start: from, end: until } = b?.span ?? e.range;
      return { start: from, end: until, type: "i64", name: null };
    });
    const last = end ?? zero();
    this.code.emit("SLICE", [to, array, start, last, step, flags], {
      start: e.range.start,
      end: e.range.end,
      operands,
    });
    return to;
  }

  // Structs and enum values.

  protected structLiteral(e: StructLit, target?: Register): Register {
    const decl = e.resolved as StructSymbol;
    const given = new Map(e.fields.map((f) => [f.name.text, f.value]));
    const order = [
      ...e.fields.map((f) => f.name.text),
      ...decl.fields.filter((f) => !given.has(f.name)).map((f) => f.name),
    ];
    const byName = new Map(decl.fields.map((f) => [f.name, f]));
    const values = this.values(order.map((name) => given.get(name) ?? byName.get(name)!.value!));
    const { index, fields } = this.program.types.struct(decl);
    this.code.at(e.span.start);
    const object = this.emitTo("NEW_RECORD", "ref", undefined, [index], e.nameSpan);
    order.forEach((name, i) => {
      this.code.emit("STORE_SLOT", [object, values[i]!, fields[byName.get(name)!.index]!.slot]);
    });
    return this.into(target, object);
  }
  protected variantValue(
    type: Type,
    variant: VariantSymbol,
    args: readonly Expr[],
    at: At,
    target?: Register,
  ): Register {
    const { index, fields } = this.program.types.variant(type, variant, this.env);
    if (args.length === 0) return this.load({ type: "ref", object: { kind: "variant", variant: index } }, target);
    const values = this.values(args);
    this.code.at(at.start);
    const object = this.emitTo("NEW_RECORD", "ref", undefined, [index], at);
    values.forEach((v, i) => {
      this.code.emit("STORE_SLOT", [object, v, fields[i]!.slot]);
    });
    return this.into(target, object);
  }

  protected fieldPlace(e: MemberExpr): { readonly slot: number; readonly rep: Rep } {
    const type = this.typeOfValue(e.object);
    if (type.kind !== "struct" || e.resolved?.kind !== "field") throw new Error("a field was promised");
    const { slot, rep } = this.program.types.struct(type.decl).fields[e.resolved.field.index]!;
    return { slot, rep };
  }

  // Places that are assigned to.

  /** Evaluates what comes before the last step; `later` is evaluated before the place is written. */
  protected place(e: IndexExpr | MemberExpr, later: Expr | null): PlaceAt {
    if (e.kind === "member") {
      if (e.resolved?.kind === "export") return { kind: "variable", e };
      const { slot, rep } = this.fieldPlace(e);
      const object = later ? this.first(e.object, later) : this.value(e.object);
      return { kind: "slot", object, slot, rep };
    }
    const copies = later !== null && mayAssign(later);
    const array = this.first(e.object, copies ? later : e.index);
    let index = this.value(e.index);
    if (copies && stripped(e.index).kind === "name") index = this.into(this.temp(this.rep(e.index)), index);
    const rep = this.repOf(this.elementType(this.typeOfValue(e.object)));
    return { kind: "element", array, index, rep, e };
  }
  /** The place's index as an i32: tested when the element is needed, after the value. */
  private placeIndex(p: PlaceAt & { kind: "element" }): Register {
    const rep = this.rep(p.e.index);
    if (rep === "i32") return p.index;
    const to = this.temp("i32");
    const { span } = p.e.index;
    const row = { start: span.start, end: span.end, operands: [this.operand(p.e.index)] };
    this.code.emit(`${upper(rep)}_TO_INDEX` as OpName, [to, p.index], row);
    return to;
  }
  private elementOperands(p: PlaceAt & { kind: "element" }): readonly SpanOperand[] {
    return [this.operand(p.e.object), this.indexOperand(p.e.index)];
  }
  protected readPlace(p: PlaceAt): Register {
    if (p.kind === "slot") return this.loadSlot(p.object, p.slot, p.rep);
    if (p.kind === "variable") return this.value(p.e);
    return this.getElement(p.array, this.placeIndex(p), p.rep, p.e.index.span, this.elementOperands(p));
  }
  protected writePlace(p: PlaceAt, value: Register): void {
    if (p.kind === "slot") this.code.emit("STORE_SLOT", [p.object, value, p.slot]);
    else if (p.kind === "element")
      this.setElement(p.array, this.placeIndex(p), value, p.rep, p.e.index.span, this.elementOperands(p));
    else if (p.e.resolved?.kind === "export" && p.e.resolved.symbol.kind === "var") {
      const global = this.program.globals.get(p.e.resolved.symbol)!;
      this.code.emit("STORE_GLOBAL", [value, global.slot]);
    }
  }
}

/** Elements of a literal that wait in registers. */
const MAX_WAITING = 16;
