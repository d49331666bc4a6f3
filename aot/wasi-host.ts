/**
 * Our own WASI preview 1 host: just what a built Orus module imports, usable in Node and in pages (no Node API here).
 * `node:wasi` would do, but prints a warning at every start; wasmtime brings its own.
 */
import { VM, VM_BASE } from "../compiler/layout/vm.js";

export interface WasiIo {
  /** Writes all bytes; answers an errno of the host (0: fine). */
  write(fd: number, bytes: Uint8Array): number;
  /** Reads some bytes, answers how many, 0 at the end, a negative errno. Without it the input is empty. */
  read?(fd: number, bytes: Uint8Array): number;
  /** Whether the output is a terminal: each line then comes at once. */
  readonly terminal?: boolean;
}

/** Thrown through the module by `proc_exit`; never leaves `runCommand`. */
class Exit {
  constructor(readonly code: number) {}
}

const CHARACTER_DEVICE = 2;
const ERRNO = { SUCCESS: 0, BADF: 8, IO: 29 } as const;

/** A command module that is ready to run. */
export interface Command {
  /** Runs it to its end and answers its exit code. Throws what the engine throws when it traps. */
  run(): number;
  /** Writes what it has printed and not given out, if it did not come to its end. */
  rescue(): void;
}

/** Throws what the engine throws when the module is not a preview 1 command (missing `_start`, other imports). */
export function commandOf(module: WebAssembly.Module, io: WasiIo): Command {
  let memory!: WebAssembly.Memory;
  const wasi = {
    fd_write(fd: number, iovs: number, count: number, written: number): number {
      if (fd !== 1 && fd !== 2) return ERRNO.BADF;
      let total = 0;
      for (let i = 0; i < count; i++) {
        const view = new DataView(memory.buffer);
        const at = view.getUint32(iovs + 8 * i, true);
        const length = view.getUint32(iovs + 8 * i + 4, true);
        if (io.write(fd, new Uint8Array(memory.buffer, at, length)) !== 0) return ERRNO.IO;
        total += length;
      }
      new DataView(memory.buffer).setUint32(written, total, true);
      return ERRNO.SUCCESS;
    },
    fd_read(fd: number, iovs: number, count: number, got: number): number {
      if (fd !== 0) return ERRNO.BADF;
      let total = 0;
      for (let i = 0; i < count; i++) {
        const view = new DataView(memory.buffer);
        const length = view.getUint32(iovs + 8 * i + 4, true);
        const n = io.read?.(fd, new Uint8Array(memory.buffer, view.getUint32(iovs + 8 * i, true), length)) ?? 0;
        if (n < 0) return ERRNO.IO;
        total += n;
        if (n < length) break;
      }
      new DataView(memory.buffer).setUint32(got, total, true);
      return ERRNO.SUCCESS;
    },
    /** Type and rights; of the latter only that there are none to seek and tell. */
    fd_fdstat_get(fd: number, result: number): number {
      if (fd > 2) return ERRNO.BADF;
      new Uint8Array(memory.buffer, result, 24).fill(0);
      if (io.terminal) new DataView(memory.buffer).setUint8(result, CHARACTER_DEVICE);
      return ERRNO.SUCCESS;
    },
    /** Clocks 0 (wall) and 1 (monotonic), in ns. */
    clock_time_get(id: number, _precision: bigint, result: number): number {
      const ms = id === 0 ? Date.now() : performance.now();
      new DataView(memory.buffer).setBigUint64(result, BigInt(Math.floor(ms * 1e6)), true);
      return ERRNO.SUCCESS;
    },
    proc_exit(code: number): never {
      throw new Exit(code);
    },
  };
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi });
  const { memory: exported, _start: start } = instance.exports;
  if (!(exported instanceof WebAssembly.Memory) || typeof start !== "function")
    throw new TypeError("not a WASI command");
  memory = exported;
  return {
    run() {
      try {
        (start as () => void)();
        return 0;
      } catch (e) {
        if (e instanceof Exit) return e.code;
        throw e;
      }
    },
    rescue() {
      const word = (field: number): number => new DataView(memory.buffer).getUint32(VM_BASE + field, true);
      const used = word(VM.at.outUsed);
      if (used > 0) io.write(1, new Uint8Array(memory.buffer, word(VM.at.outBuffer), used));
    },
  };
}

/** Runs a command module to its end. Answers its exit code; throws what `commandOf` and `run` throw. */
export function runCommand(module: WebAssembly.Module, io: WasiIo): number {
  return commandOf(module, io).run();
}
