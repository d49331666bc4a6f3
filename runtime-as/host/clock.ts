/** The clock of WASI preview 1. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "clock_time_get")
declare function clockTimeGet(id: i32, precision: i64, result: usize): i32;

const MONOTONIC = 1;
/** Scratch for the result, in the unused page below the VM block. */
const RESULT: usize = 32;

/** Nanoseconds since some moment; never goes back. */
export function monotonic(): i64 {
  clockTimeGet(MONOTONIC, 1000, RESULT);
  return load<i64>(RESULT);
}
