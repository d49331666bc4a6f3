/**
 * Values whose type is known at run time only (layout/objects.ts ANY_*): into an `any`, and out of one with a check. 64-bit
 * integers beyond 48 bits are put into a BOX; all else is made without memory.
 */
import { E0019 } from "../gen/errors";
import {
  ANY_BOOL, ANY_F64, ANY_I32, ANY_I64, ANY_NAN, ANY_U32, ANY_U64, BOX_SIZE, BOX_kind, BOX_logged, BOX_tag, BOX_value, KIND_ARRAY, KIND_BOX, NAME_LONG, REP_any, REP_bool, REP_f64, REP_i32, REP_i64, REP_ref, REP_u32, REP_u64,
  TYPE_rep, TYPE_text,
} from "../gen/layout";
import { allocate } from "../heap/objects";
import { keep } from "../heap/roots";
import { failText, outOfMemory, partString, partType } from "./fail";
import { fits, FITS, NO_ROOM } from "./fits";
import { lengthOfValue } from "./array";
import { nameOf } from "./sink";
import { scalarName } from "./typeof";
import { isStringKind, kindOfObject, openAny, value } from "./values";


// @ts-ignore: decorator
@inline
function tagged(tag: i32, bits: i64): i64 {
  return (<i64>tag << 48) | bits;
}
export function wrapI32(x: i32): i64 {
  return tagged(ANY_I32, <i64>(<u64>(<u32>x)));
}
export function wrapU32(x: u32): i64 {
  return tagged(ANY_U32, <i64>(<u64>x));
}
export function wrapBool(x: i32): i64 {
  return tagged(ANY_BOOL, <i64>(x & 1));
}
/** May collect: what the caller still needs is in root3 to root5. */
export function wrapI64(x: i64): i64 {
  if ((x << 16) >> 16 == x) return tagged(ANY_I64, x & 0xffffffffffff);
  return boxed(ANY_I64, x);
}
export function wrapU64(x: u64): i64 {
  if (x >>> 48 == 0) return tagged(ANY_U64, <i64>x);
  return boxed(ANY_U64, <i64>x);
}
function boxed(tag: i32, x: i64): i64 {
  keep(0, 0);
  const box = allocate(BOX_SIZE);
  if (box == 0) return outOfMemory();
  store<u8>(box, 0, BOX_logged);
  store<u8>(box, KIND_BOX, BOX_kind);
  store<u16>(box, tag, BOX_tag);
  store<i64>(box, x, BOX_value);
  return <i64>(<u64>box);
}
export function wrapF64(x: f64): i64 {
  return (x != x ? <i64>ANY_NAN : reinterpret<i64>(x)) + <i64>ANY_F64;
}
export function wrapRef(object: usize): i64 {
  return <i64>(<u64>object);
}
/** A register of any representation. */
export function wrapBits(rep: i32, bits: i64): i64 {
  switch (rep) {
    case REP_i32:
      return wrapI32(<i32>bits);
    case REP_u32:
      return wrapU32(<u32>bits);
    case REP_i64:
      return wrapI64(bits);
    case REP_u64:
      return wrapU64(<u64>bits);
    case REP_f64:
      return wrapF64(reinterpret<f64>(bits));
    case REP_bool:
      return wrapBool(<i32>bits);
    case REP_ref:
      return bits & 0xffffffff;
    default:
      return bits;
  }
}

/** The bits of an `any` that must be a scalar of this REP; otherwise E0019. */
function scalar(bits: i64, rep: i32): i64 {
  if (openAny(bits) == rep) return value;
  partString(scalarName(rep));
  partType(bits);
  failText(E0019);
  return 0;
}
export function unwrapI32(bits: i64): i32 {
  return <i32>scalar(bits, REP_i32);
}
export function unwrapU32(bits: i64): u32 {
  return <u32>scalar(bits, REP_u32);
}
export function unwrapI64(bits: i64): i64 {
  return scalar(bits, REP_i64);
}
export function unwrapU64(bits: i64): u64 {
  return <u64>scalar(bits, REP_u64);
}
export function unwrapF64(bits: i64): f64 {
  return reinterpret<f64>(scalar(bits, REP_f64));
}
export function unwrapBool(bits: i64): i32 {
  return <i32>scalar(bits, REP_bool);
}
export function unwrapRef(bits: i64, type: usize): usize {
  return checkedRef(bits, type) ? <usize>bits : 0;
}
/** The length of an `any` that must be a string or an array; otherwise E0019. */
export function lengthOfAny(bits: i64): i32 {
  if (openAny(bits) == REP_ref) {
    const kind = kindOfObject(<usize>bits);
    if (kind == KIND_ARRAY || isStringKind(kind)) return lengthOfValue(<usize>bits);
  }
  partString(nameOf(NAME_LONG));
  partType(bits);
  failText(E0019);
  return 0;
}
/** Whether an `any` is a reference of a type: what `unwrapRef` would not fail on. */
export function anyFits(bits: i64, type: usize): i32 {
  if (openAny(bits) != REP_ref) return 0;
  const answer = fits(<usize>bits, type);
  if (answer == NO_ROOM) outOfMemory();
  return <i32>(answer == FITS);
}
function checkedRef(bits: i64, type: usize): bool {
  if (openAny(bits) == REP_ref) {
    const answer = fits(<usize>bits, type);
    if (answer == FITS) return true;
    if (answer == NO_ROOM) {
      outOfMemory();
      return false;
    }
  }
  expected(type, bits);
  return false;
}
function expected(type: usize, bits: i64): void {
  partString(<usize>load<u32>(type, TYPE_text));
  partType(bits);
  failText(E0019);
}

/** What `unwrapFor` left: the register. */
export let unwrapped: i64 = 0;
/** An `any` as a register of a type's representation; false: it is not of the type, E0019. */
export function unwrapFor(type: usize, bits: i64): bool {
  const rep = <i32>load<u8>(type, TYPE_rep);
  unwrapped = bits;
  if (rep == REP_any) return true;
  if (rep == REP_ref) return checkedRef(bits, type);
  if (openAny(bits) == rep) {
    unwrapped = value;
    return true;
  }
  expected(type, bits);
  return false;
}
