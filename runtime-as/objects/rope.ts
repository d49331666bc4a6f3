/**
 * Reading ropes without recursion: the bytes go to their place from both ends, so that a rope that leans to one side needs no
 * stack; a node with two inner nodes puts one of them on the stack of heap/stack.ts.
 *
 *   ((((a b) c) d) e)   e, d, c, b are copied from the end backward      (a (b (c d)))   forward
 */
import { BUFFER_SIZE, BUFFER_used, KIND_ROPE, KIND_VIEW, ROPE_right, STRING_kind, STRING_link } from "../gen/layout";
import { cut, height, pop, push } from "../heap/stack";
import { bytesOf, kindOf, lengthOf } from "./bytes";
import { newBuffer } from "./string";

/**
 * Makes a rope a view of a buffer with its bytes. Answers the string, 0: no memory. It must be reachable from a root: this
 * allocates.
 */
export function flatten(rope: usize): usize {
  const length = lengthOf(rope);
  const buffer = newBuffer(length);
  if (buffer == 0 || !copyInto(rope, buffer + BUFFER_SIZE)) return 0;
  store<u32>(buffer, length, BUFFER_used);
  store<u32>(rope, <u32>buffer, STRING_link);
  store<u32>(rope, 0, ROPE_right);
  store<u8>(rope, KIND_VIEW, STRING_kind);
  return rope;
}

/** Writes the bytes of any string. Allocates nothing on the heap. False: a rope was too bushy for the memory that is left. */
export function copyInto(s: usize, to: usize): bool {
  if (kindOf(s) != KIND_ROPE) {
    memory.copy(to, bytesOf(s), lengthOf(s));
    return true;
  }
  const floor = height();
  let from = to;
  let end = to + lengthOf(s);
  while (true) {
    while (kindOf(s) == KIND_ROPE) {
      const left = <usize>load<u32>(s, STRING_link);
      const right = <usize>load<u32>(s, ROPE_right);
      if (kindOf(right) != KIND_ROPE) {
        end -= lengthOf(right);
        memory.copy(end, bytesOf(right), lengthOf(right));
        s = left;
      } else if (kindOf(left) != KIND_ROPE) {
        memory.copy(from, bytesOf(left), lengthOf(left));
        from += lengthOf(left);
        s = right;
      } else {
        // The right part later: where it ends, and what it is.
        if (!push(end) || !push(right)) {
          cut(floor);
          return false;
        }
        end -= lengthOf(right);
        s = left;
      }
    }
    memory.copy(from, bytesOf(s), lengthOf(s));
    if (height() == floor) return true;
    s = pop();
    end = pop();
    from = end - lengthOf(s);
  }
}
