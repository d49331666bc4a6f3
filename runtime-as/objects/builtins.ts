/** Built-in functions: `int`, `float`, `assert_eq` (types 16). */
import { E0010, E0010_1, E0010_2, E0010_3, E0010_4, E0010_5, E0010_6, E0013 } from "../gen/errors";
import { KIND_ROPE, REP_any, REP_bool, REP_f64, REP_ref, REP_u64, VM_failed } from "../gen/layout";
import { addressIn, keep, keepLong } from "../heap/roots";
import { NO_NUMBER, NUMBER, parsed, parsedInt, parseF64, parseI32 } from "../number/parse";
import { bytesOf, kindOf, lengthOf } from "./bytes";
import { equal } from "./equal";
import { failText, outOfMemory, partBetweenQuotes, partQuoted, partString, partType, partValue } from "./fail";
import { flatten } from "./rope";
import { isString, openAny, value } from "./values";

/** Messages of E0010 and E0013 as numbers of errors. */
const NO_INTEGER: i32 = E0010;
const DECIMALS: i32 = E0010_1;
const INT_OVERFLOW: i32 = E0010_2;
const NOT_WHOLE: i32 = E0010_3;
const NO_NUMERIC: i32 = E0010_4;
const NO_FLOAT: i32 = E0010_5;
const FLOAT_OVERFLOW: i32 = E0010_6;

/** Makes sure that a string's bytes lie together; false: E0009. */
function together(s: usize): bool {
  if (kindOf(s) != KIND_ROPE) return true;
  keep(s, 0);
  if (flatten(s) != 0) return true;
  outOfMemory();
  return false;
}

export function intOf(bits: i64): i32 {
  const rep = openAny(bits);
  const x = value;
  if (isString(rep, x)) return intOfString(<usize>x);
  if (rep == REP_ref || rep == REP_bool) {
    partType(bits);
    failText(NO_NUMERIC);
    return 0;
  }
  let n = x;
  let fits = x == <i64>(<i32>x);
  if (rep == REP_u64) fits = <u64>x <= 0x7fffffff;
  else if (rep == REP_f64) {
    const f = reinterpret<f64>(x);
    // Neither infinities nor NaN are whole.
    if (f - trunc(f) != 0) {
      partValue(bits);
      failText(NOT_WHOLE);
      return 0;
    }
    fits = f >= -2147483648.0 && f <= 2147483647.0;
    n = fits ? <i64>f : 0;
  }
  if (fits) return <i32>n;
  partValue(bits);
  failText(INT_OVERFLOW);
  return 0;
}
function intOfString(s: usize): i32 {
  if (!together(s)) return 0;
  const found = parseI32(bytesOf(s), lengthOf(s));
  if (found == NUMBER) return <i32>parsedInt;
  if (found == NO_NUMBER) {
    partString(s);
    failText(hasDecimals(s) ? DECIMALS : NO_INTEGER);
    return 0;
  }
  partBetweenQuotes(s);
  failText(INT_OVERFLOW);
  return 0;
}
function hasDecimals(s: usize): bool {
  const from = bytesOf(s);
  for (let at = from; at < from + lengthOf(s); at++) {
    const c = <u32>load<u8>(at);
    if (c == 46 || (c | 32) == 101) return true;
  }
  return false;
}

export function floatOf(bits: i64): f64 {
  const rep = openAny(bits);
  const x = value;
  if (rep == REP_f64) return reinterpret<f64>(x);
  if (rep == REP_u64) return <f64>(<u64>x);
  if (rep < REP_bool) return <f64>x;
  if (!isString(rep, x)) {
    partType(bits);
    failText(NO_FLOAT);
    return 0;
  }
  const s = <usize>x;
  if (!together(s)) return 0;
  const found = parseF64(bytesOf(s), lengthOf(s));
  if (found == NUMBER) return parsed;
  partString(s);
  failText(found == NO_NUMBER ? NO_FLOAT : FLOAT_OVERFLOW);
  return 0;
}

/** assert_eq(label, actual, expected) */
export function assertEqual(label: usize, actual: i64, expected: i64): i32 {
  keepLong(label, addressIn(actual), addressIn(expected));
  const same = equal(REP_any, actual, expected, true);
  if (same || load<i32>(VM_failed) != 0) return same;
  partString(label);
  partQuoted(expected);
  partQuoted(actual);
  failText(E0013);
  return 0;
}
