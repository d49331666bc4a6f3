/** Errors as values: what a handler binds. */
import {
  ERROR_SIZE, ERROR_category, ERROR_flags, ERROR_kind, ERROR_logged, ERROR_message, ERROR_number, ERROR_place, KIND_ERROR, KIND_STATIC, MESSAGE_category, MESSAGE_text, NAME_BLANK, VM_errorCode, VM_errorFlags, VM_errorPc,
  VM_errorText, VM_traceCount,
} from "../gen/layout";
import { keep } from "../heap/roots";
import { allocate } from "../heap/objects";
import { messageRow } from "./fail";
import { nameOf, OUT_OF_MEMORY } from "./sink";

/** The error for when there is no memory for another one: outside of the heap, never marked. */
const SPARE = memory.data(24, 8);

/** CATCH: the pending error, which is none afterwards. */
export function caughtError(): usize {
  const number = load<i32>(VM_errorCode);
  const place = load<u32>(VM_errorPc);
  // VM.errorText is a root until it is in the object.
  keep(0, 0);
  let error = allocate(ERROR_SIZE);
  if (error != 0) write(error, KIND_ERROR, number, load<u32>(VM_errorText), place);
  else {
    error = SPARE;
    write(error, KIND_ERROR | KIND_STATIC, OUT_OF_MEMORY, 0, place);
  }
  store<i32>(VM_errorCode, 0);
  store<u32>(VM_errorText, 0);
  store<u32>(VM_traceCount, 0);
  store<u32>(VM_errorFlags, 0);
  return error;
}
function write(error: usize, kind: i32, number: i32, text: u32, place: u32): void {
  const row = messageRow(number);
  store<u8>(error, 0, ERROR_logged);
  store<u8>(error, kind, ERROR_kind);
  store<u16>(error, 0, ERROR_flags);
  store<i32>(error, number, ERROR_number);
  // Every number has a row; a blank is for images that are not ours.
  store<u32>(error, text || (row == 0 ? <u32>nameOf(NAME_BLANK) : load<u32>(row, MESSAGE_text)), ERROR_message);
  store<u32>(error, row == 0 ? <u32>nameOf(NAME_BLANK) : load<u32>(row, MESSAGE_category), ERROR_category);
  store<u32>(error, place, ERROR_place);
}
