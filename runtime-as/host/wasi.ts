/**
 * What a built module needs of WASI preview 1: writing and reading bytes, a clock, leaving. The linker makes the imports from
 * `env` of the input and output parts (io/) call `wasiWrite`, `wasiRead` and `wasiNow`; the interpreter's runtime never
 * imports this file.
 */
import { monotonic } from "./clock";

// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_write")
declare function fdWrite(fd: i32, iovs: usize, count: i32, written: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_read")
declare function fdRead(fd: i32, iovs: usize, count: i32, got: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "proc_exit")
declare function procExit(code: i32): void;

/** Scratch for one iovec and the count written or read: the unused page below the VM block. */
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

/** Reads at most `length` bytes; answers how many came, 0 at the end, a negative errno. */
export function wasiRead(fd: i32, ptr: usize, length: usize): i32 {
  store<u32>(IOVEC, <u32>ptr);
  store<u32>(IOVEC + 4, <u32>length);
  while (true) {
    const errno = fdRead(fd, IOVEC, 1, WRITTEN);
    if (errno == 0) return load<i32>(WRITTEN);
    // A descriptor that does not wait has nothing yet: asked again until it has.
    if (errno != AGAIN && errno != INTERRUPTED) return -errno;
  }
}
const AGAIN: i32 = 6;
const INTERRUPTED: i32 = 27;

/** Seconds of a clock that never goes back. */
export function wasiNow(): f64 {
  return <f64>monotonic() / 1e9;
}

/** Ends the program. */
export function exit(code: i32): void {
  procExit(code);
}
