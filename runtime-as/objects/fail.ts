/**
 * How a runtime function of an extended op fails: number, values to show and message go to the VM block, and what the function
 * answers means nothing. Messages come from the program image (rows MESSAGE, sorted by number); words in capitals that stand
 * alone in one are places for parts, in order:
 *
 *   Cannot apply OP to T and U     parts: string(plus) typeOf(a) typeOf(b)      "Cannot apply + to string and i32"
 *
 * Quotes around a place are for texts of the program; a type is written without: `got "TEXT"` gives `got bool`.
 * Where parts are missing the message ends before the words that lead to the first missing one: "Cannot apply - to string".
 */
import { MESSAGE_SIZE, MESSAGE_number, MESSAGE_text, REP_any, VM_errorText, VM_errorValue0, VM_errorValue1, VM_failed, VM_messageCount, VM_messages } from "../gen/layout";
import { addressIn, keepLong } from "../heap/roots";
import { bytesOf, lengthOf } from "./bytes";
import { show } from "./show";
import { copyTo, count, OUT_OF_MEMORY, put, putSmall, putString, sinkString } from "./sink";
import { putType } from "./typeof";
import { open, value } from "./values";

/** Parts of the next message: how each is written, and its value. */
const STRING: i32 = 0;
const VALUE: i32 = 1;
const QUOTED: i32 = 2;
const TYPE: i32 = 3;
const BETWEEN: i32 = 4;
const QUOTE: u32 = 34;
const HOW = memory.data(4 * 3, 8);
const WHAT = memory.data(8 * 3, 8);
let parts: i32 = 0;

function part(how: i32, bits: i64): void {
  store<i32>(HOW + (<usize>parts << 2), how);
  store<i64>(WHAT + (<usize>parts << 3), bits);
  parts++;
}
/** A string object as it is. */
export function partString(s: usize): void {
  part(STRING, <i64>(<u64>s));
}
/** The same between quotes. */
export function partBetweenQuotes(s: usize): void {
  part(BETWEEN, <i64>(<u64>s));
}
/** An `any` as `print` shows it, or as `assert_eq` does. */
export function partValue(bits: i64): void {
  part(VALUE, bits);
}
export function partQuoted(bits: i64): void {
  part(QUOTED, bits);
}
/** The type of an `any`. */
export function partType(bits: i64): void {
  part(TYPE, bits);
}

/** Fails without values or words of the program. */
export function failPlain(number: i32): void {
  failValues(number, 0, 0);
}
/** Fails with raw registers to show. */
export function failValues(number: i32, value0: i64, value1: i64): void {
  store<i32>(VM_failed, number);
  store<i64>(VM_errorValue0, value0);
  store<i64>(VM_errorValue1, value1);
  store<u32>(VM_errorText, 0);
  parts = 0;
}
/** Fails with E0009. Answers 0, for those that answer an address. */
export function outOfMemory(): usize {
  failPlain(OUT_OF_MEMORY);
  return 0;
}
/** Fails with the parts that were given; with E0009 if there is no memory for the message. */
export function failText(number: i32): void {
  const template = messageOf(number);
  let text: usize = 0;
  if (template != 0) {
    keepLong(addressOfPart(0), addressOfPart(1), addressOfPart(2));
    count();
    fill(template);
    text = sinkString();
    if (text == 0) {
      outOfMemory();
      return;
    }
    copyTo(text);
    fill(template);
  }
  failPlain(number);
  store<u32>(VM_errorText, <u32>text);
}
function addressOfPart(i: i32): usize {
  return i < parts ? <usize>addressIn(load<i64>(WHAT + (<usize>i << 3))) : 0;
}

/** The row of an error; 0: there is none. */
export function messageRow(number: i32): usize {
  const rows = <usize>load<u32>(VM_messages);
  let low: u32 = 0;
  let high = load<u32>(VM_messageCount);
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows + <usize>middle * MESSAGE_SIZE;
    const there = load<i32>(row, MESSAGE_number);
    if (there == number) return row;
    if (there < number) low = middle + 1;
    else high = middle;
  }
  return 0;
}
function messageOf(number: i32): usize {
  const row = messageRow(number);
  return row == 0 ? 0 : <usize>load<u32>(row, MESSAGE_text);
}

// @ts-ignore: decorator
@inline
function isCapital(c: u32): bool {
  return c - 65 < 26;
}
function isWord(c: u32): bool {
  return isCapital(c) || c - 97 < 26 || c - 48 < 10 || c == 95;
}
/** Writes a template with the parts in their places to the sink. */
function fill(template: usize): void {
  let from = bytesOf(template);
  const end = from + lengthOf(template);
  let next = 0;
  let before: u32 = 0;
  for (let at = from; at < end; ) {
    const c = <u32>load<u8>(at);
    if (isCapital(c) && !isWord(before)) {
      let to = at + 1;
      while (to < end && isCapital(load<u8>(to))) to++;
      if (to == end || !isWord(load<u8>(to))) {
        if (next == parts) return;
        // A type between quotes has none: those are for the words of a program.
        const type = before == QUOTE && load<i32>(HOW + (<usize>next << 2)) == TYPE;
        put(from, <u32>(at - from) - <u32>type);
        write(next++);
        from = at = to + <usize>type;
        before = 0;
        continue;
      }
    }
    before = c;
    at++;
  }
  put(from, <u32>(end - from));
}
function write(i: i32): void {
  const how = load<i32>(HOW + (<usize>i << 2));
  const bits = load<i64>(WHAT + (<usize>i << 3));
  if (how == STRING) putString(<usize>bits);
  else if (how == BETWEEN) {
    putSmall(QUOTE, 1);
    putString(<usize>bits);
    putSmall(QUOTE, 1);
  } else if (how == TYPE) {
    const rep = open(REP_any, bits);
    putType(rep, value);
  } else show(REP_any, bits, how == QUOTED);
}
