/**
 * Strings: UTF-8 bytes behind a STRING header (compiler/layout/objects.ts).
 */
import { STRING_length, STRING_SIZE } from "../gen/layout";

/** The same bytes? */
export function stringEquals(a: usize, b: usize): i32 {
  if (a == b) return 1;
  const length = load<u32>(a, STRING_length);
  if (length != load<u32>(b, STRING_length)) return 0;
  return <i32>(memory.compare(a + STRING_SIZE, b + STRING_SIZE, length) == 0);
}
