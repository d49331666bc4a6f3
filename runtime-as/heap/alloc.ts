/**
 * Memory from the end of what is used: register chunks, the output buffer and program images are never given back
 * before the program ends. Answers 0 when the memory cannot grow any more.
 */
import { VM_heapEnd, VM_heapNext } from "../gen/layout";

const PAGE: usize = 65536;
/**
 * The last megabyte of the address space is never given out: the end of a window that does not fit its chunk (at most
 * 2^16 registers) can be computed, and an address rounded up, without passing 2^32.
 */
const LIMIT: u64 = 0xfff00000;

/** `bytes` of zeroed memory, 16-aligned; 0: out of memory. */
export function alloc(bytes: usize): usize {
  let at = load<u32>(VM_heapNext) as usize;
  if (at == 0) at = __heap_base;
  at = (at + 15) & ~15;
  // In 64 bits: the sum of two 32-bit addresses may not fit.
  const end = <u64>at + <u64>bytes;
  if (end > LIMIT) return 0;
  const pages = <u64>memory.size() * PAGE;
  if (end > pages) {
    const more = (end - pages + PAGE - 1) / PAGE;
    if (memory.grow(<i32>more) < 0) return 0;
  }
  store<u32>(VM_heapNext, <u32>end);
  store<u32>(VM_heapEnd, <u32>(<u64>memory.size() * PAGE - 1));
  return at;
}
