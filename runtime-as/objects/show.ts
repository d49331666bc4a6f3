/**
 * Values as `print` and `assert_eq` show them (types 16 and 17), into the sink. Iterative: the way down to where we are is on
 * the stack of heap/stack.ts, as pairs of an object and the number of its next element.
 *
 *               print                            assert_eq
 *   array       1, 2, 3        nested: joined    [1, 2, 3]
 *   struct      fields joined                    [1, 2]
 *   enum        Shape.Pair(2, a)                 Shape.Pair(2, "a")
 *   string      its bytes                        "a" with escapes
 *
 * A value that contains itself shows `...` at the repetition. Only arrays and structs can; those on the way have the bit
 * SHOWN.
 */
import {
  ARRAY_length, ERROR_message, FN_name, KIND_ARRAY, KIND_CLOSURE, KIND_ENUM, KIND_ERROR, KIND_RANGE, KIND_STRUCT, NAME_BRACKET_CLOSE, NAME_BRACKET_OPEN, NAME_CLOSE, NAME_COMMA, NAME_DOTS, NAME_ERROR,
  NAME_FALSE, NAME_FN, NAME_FN_CLOSE, NAME_FN_OPEN, NAME_OPEN, NAME_RANGE_OPEN, NAME_STEP, NAME_TRUE, RANGE_end, RANGE_start, RANGE_step, REP_any, REP_bool, REP_f64, REP_i32, REP_i64, REP_ref, REP_u32, REP_u64, SHOWN,
  SLOTS_link, SLOTS_logged, VARIANT_count, VARIANT_name, VM_failed,
} from "../gen/layout";
import { addressIn, keepLong } from "../heap/roots";
import { height, peek, poke, pop, push2 } from "../heap/stack";
import { fails, failure, OUT_OF_MEMORY, putF64, putI64, putName, putQuoted, putSmall, putString, putU64, toOutput } from "./sink";
import { isStringKind, kindOfObject, open, openElement, openEntry, value, variantOf } from "./values";

/** Writes a value to the sink; `quoted` as assert_eq does. What it belongs to is kept alive by the caller. */
export function show(rep: i32, bits: i64, quoted: bool): void {
  const floor = height();
  showOne(open(rep, bits), value, quoted);
  while (height() > floor && failure == 0) {
    const object = peek(1);
    const index = <u32>peek(0);
    const kind = kindOfObject(object);
    const count = kind == KIND_ARRAY ? load<u32>(object, ARRAY_length) : load<u32>(variantOf(object), VARIANT_count);
    if (index >= count) {
      leave();
      if (kind == KIND_ENUM) putName(NAME_CLOSE);
      else if (quoted) putName(NAME_BRACKET_CLOSE);
      continue;
    }
    poke(0, index + 1);
    if (index != 0) putName(NAME_COMMA);
    showOne(kind == KIND_ARRAY ? openElement(object, index) : openEntry(object, index), value, quoted);
  }
  while (height() > floor) leave();
}
/** Takes the innermost object from the stack. */
function leave(): void {
  pop();
  const object = pop();
  if (kindOfObject(object) != KIND_ENUM) store<u8>(object, load<u8>(object, SLOTS_logged) & ~SHOWN, SLOTS_logged);
}
/** Puts an object on the stack: its elements are shown next. */
function enter(object: usize, quoted: bool): void {
  const logged = load<u8>(object, SLOTS_logged);
  if (logged & SHOWN) {
    putSmall(0x2e2e2e, 3);
    return;
  }
  if (!push2(object, 0)) {
    fails(OUT_OF_MEMORY);
    return;
  }
  store<u8>(object, logged | SHOWN, SLOTS_logged);
  if (quoted) putName(NAME_BRACKET_OPEN);
}

function showOne(rep: i32, bits: i64, quoted: bool): void {
  switch (rep) {
    case REP_i32:
    case REP_i64:
      putI64(bits);
      return;
    case REP_u32:
    case REP_u64:
      putU64(bits);
      return;
    case REP_f64:
      putF64(reinterpret<f64>(bits));
      return;
    case REP_bool:
      putName(bits != 0 ? NAME_TRUE : NAME_FALSE);
      return;
  }
  const object = <usize>bits;
  const kind = kindOfObject(object);
  if (isStringKind(kind)) {
    if (quoted) putQuoted(object);
    else putString(object);
    return;
  }
  switch (kind) {
    case KIND_ARRAY:
    case KIND_STRUCT:
      enter(object, quoted);
      return;
    case KIND_ENUM: {
      const variant = variantOf(object);
      putString(<usize>load<u32>(variant, VARIANT_name));
      if (load<u32>(variant, VARIANT_count) == 0) return;
      putName(NAME_OPEN);
      if (!push2(object, 0)) fails(OUT_OF_MEMORY);
      return;
    }
    case KIND_ERROR:
      putName(NAME_ERROR);
      putString(<usize>load<u32>(object, ERROR_message));
      return;
    case KIND_RANGE:
      showRange(object);
      return;
    case KIND_CLOSURE: {
      const name = <usize>load<u32>(<usize>load<u32>(object, SLOTS_link), FN_name);
      if (name == 0) {
        putName(NAME_FN);
        return;
      }
      putName(NAME_FN_OPEN);
      putString(name);
      putName(NAME_FN_CLOSE);
    }
  }
}
function showRange(range: usize): void {
  putName(NAME_RANGE_OPEN);
  putI64(load<i64>(range, RANGE_start));
  putName(NAME_DOTS);
  putI64(load<i64>(range, RANGE_end));
  const step = load<i64>(range, RANGE_step);
  if (step != 1) {
    putName(NAME_STEP);
    putI64(step);
  }
  putName(NAME_CLOSE);
}

/** PRINT_REF and PRINT_ANY. */
export function printRef(object: usize): void {
  printValue(REP_ref, <i64>(<u64>object));
}
export function printAny(bits: i64): void {
  printValue(REP_any, bits);
}
function printValue(rep: i32, bits: i64): void {
  keepLong(addressIn(bits), 0, 0);
  toOutput();
  show(rep, bits, false);
  store<i32>(VM_failed, failure);
}
