/**
 * When the lines that a built module prints leave it: on a terminal each one at once, elsewhere the first one, and then what has
 * gathered 50 ms after the last time, whenever the buffer is full, and at the end. There is nobody to look at a clock but PRINT_END.
 */
import { STATUS_ERROR, STATUS_OK, VM_outLineFlush } from "../gen/layout";
import { flush, printEnd as lineEnd } from "../io/output";
import { monotonic } from "./clock";

// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_fdstat_get")
declare function fdstatGet(fd: i32, result: usize): i32;

/** Nanoseconds that a line may wait. */
const INTERVAL: i64 = 50_000_000;
/** Lines between two looks at the clock, after as many that came fast: one that is slow to come then waits for these. */
const MANY: i32 = 16;

/** Lines until the next look. */
let left: i32 = 1;
/** Looks in a row before which a line came fast. */
let fast: i32 = 0;
/** When was looked (0: never), and when was flushed. */
let looked: i64 = 0;
let flushed: i64 = 0;

/** PRINT_END. */
export function printEnd(): i32 {
  const status = lineEnd();
  return --left > 0 || status != STATUS_OK ? status : look();
}

function look(): i32 {
  const first = looked == 0;
  if (first && isTerminal(1)) {
    // From now on each line end flushes.
    store<i32>(VM_outLineFlush, 1);
    left = i32.MAX_VALUE;
    return flushNow();
  }
  const now = monotonic();
  fast = now - looked < INTERVAL / <i64>MANY ? fast + 1 : 0;
  left = fast < MANY ? 1 : MANY;
  looked = max<i64>(now, 1);
  if (!first && now - flushed < INTERVAL) return STATUS_OK;
  flushed = now;
  return flushNow();
}
function flushNow(): i32 {
  return flush() == 0 ? STATUS_OK : STATUS_ERROR;
}

/** The test of wasi-libc: a character device in which there are no places to go to, so not /dev/null. */
function isTerminal(fd: i32): bool {
  if (fdstatGet(fd, FDSTAT) != 0) return false;
  return load<u8>(FDSTAT) == CHARACTER_DEVICE && (load<u64>(FDSTAT + 8) & (RIGHT_SEEK | RIGHT_TELL)) == 0;
}
const CHARACTER_DEVICE: u8 = 2;
const RIGHT_SEEK: u64 = 1 << 2;
const RIGHT_TELL: u64 = 1 << 5;
/** Scratch for its 24 bytes, in the unused page below the VM block. */
const FDSTAT: usize = 40;
