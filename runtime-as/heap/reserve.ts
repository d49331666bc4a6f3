/**
 * Memory from the end of what is used: register chunks, the output buffer, program images and the heap's blocks. What is
 * reserved is never given back to the host. Answers 0 when the memory cannot grow any more.
 */
import { VM_heapEnd, VM_heapNext } from "../gen/layout";

const PAGE: usize = 65536;
/**
 * The last megabyte of the address space is never given out: the end of a window that does not fit its chunk (at most
 * 2^16 registers) can be computed, and an address rounded up, without passing 2^32.
 */
const LIMIT: u64 = 0xfff00000;

/** `bytes` of zeroed memory at a multiple of `align` (a power of two, at least 16); 0: out of memory. */
export function reserve(bytes: usize, align: usize): usize {
  let at = load<u32>(VM_heapNext) as usize;
  if (at == 0) at = __heap_base;
  at = (at + align - 1) & ~(align - 1);
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

/** The same at a multiple of 16: for what is no heap object. */
export function alloc(bytes: usize): usize {
  return reserve(bytes, 16);
}
