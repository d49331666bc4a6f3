/**
 * Keeping values alive while a runtime function allocates. VM.root0 to root2 belong to the functions that allocate themselves,
 * root3 to root5 to those that call them: walks over objects, messages.
 */
import { VM_root0, VM_root1, VM_root2, VM_root3, VM_root4, VM_root5 } from "../gen/layout";

/** What of an `any` (or a register) a root may hold: its address if it is a reference. */
// @ts-ignore: decorator
@inline
export function addressIn(value: i64): u32 {
  return (<u64>value >>> 32) == 0 ? <u32>value : 0;
}
// @ts-ignore: decorator
@inline
export function keep(a: usize, b: usize): void {
  store<u32>(VM_root0, <u32>a);
  store<u32>(VM_root1, <u32>b);
  store<u32>(VM_root2, 0);
}
/** The same for what is kept during calls of functions that use the first roots. */
// @ts-ignore: decorator
@inline
export function keepLong(a: usize, b: usize, c: usize): void {
  store<u32>(VM_root3, <u32>a);
  store<u32>(VM_root4, <u32>b);
  store<u32>(VM_root5, <u32>c);
}
