/** Reading the parts that all strings have. */
import { BUFFER_SIZE, KIND_VIEW, STRING_SIZE, STRING_kind, STRING_length, STRING_link } from "../gen/layout";

// @ts-ignore: decorator
@inline
export function kindOf(s: usize): u32 {
  return load<u8>(s, STRING_kind);
}
// @ts-ignore: decorator
@inline
export function lengthOf(s: usize): u32 {
  return load<u32>(s, STRING_length);
}
/** Where the bytes of a string that is no rope are. */
// @ts-ignore: decorator
@inline
export function bytesOf(s: usize): usize {
  return kindOf(s) == KIND_VIEW ? <usize>load<u32>(s, STRING_link) + BUFFER_SIZE : s + STRING_SIZE;
}
