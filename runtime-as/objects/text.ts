/** Numbers as strings: the text that `print` shows. 0: no memory. */
import { STRING_SIZE, VM_root0, VM_root1 } from "../gen/layout";
import { F64_TEXT, formatF64, formatI64, formatU64 } from "../number/format";
import { newString } from "./string";

/** Room for any number's text, in the unused page below the VM block. */
const TEXT: usize = 64;
const INTEGER_TEXT: u32 = 24;

function textAt(from: usize, end: usize): usize {
  store<u32>(VM_root0, 0);
  store<u32>(VM_root1, 0);
  const length = <u32>(end - from);
  const s = newString(length);
  if (s != 0) memory.copy(s + STRING_SIZE, from, length);
  return s;
}
export function textI64(value: i64): usize {
  return textAt(TEXT, formatI64(TEXT, value));
}
export function textU64(value: u64): usize {
  return textAt(TEXT, formatU64(TEXT, value));
}
export function textF64(value: f64): usize {
  return textAt(TEXT, formatF64(TEXT, value));
}
