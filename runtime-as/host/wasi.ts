/**
 * What a built module needs of WASI preview 1: writing bytes and leaving. The linker makes `env.write` (the only way
 * out of the output part, io/output.ts) call `wasiWrite`; the interpreter's runtime never imports this file.
 */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_write")
declare function fdWrite(fd: i32, iovs: usize, count: i32, written: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "proc_exit")
declare function procExit(code: i32): void;

/** Scratch for one iovec and the count written: the unused page below the VM block. */
const IOVEC: usize = 16;
const WRITTEN: usize = 24;

/** Writes all of it, however small the pieces that the host takes; answers an errno, 0: fine. */
export function wasiWrite(fd: i32, ptr: usize, length: usize): i32 {
  while (length != 0) {
    store<u32>(IOVEC, <u32>ptr);
    store<u32>(IOVEC + 4, <u32>length);
    const errno = fdWrite(fd, IOVEC, 1, WRITTEN);
    if (errno != 0) return errno;
    const n = <usize>load<u32>(WRITTEN);
    ptr += n;
    length -= n;
  }
  return 0;
}

/** Ends the program. */
export function exit(code: i32): void {
  procExit(code);
}
