/**
 * The compiler worker under Node: loads Binaryen, builds what is asked for, posts modules.
 *
 * V8 would run the new code in its baseline tier first and never replace a running frame, so a hot loop that is entered
 * once would stay slow for ever. `--no-liftoff` makes it compile with the optimising tier at once, here, off the main thread;
 * the posted module carries the finished code (docs/architecture.md, measured). The flag is set around that call only:
 * Binaryen itself, a large module of which little runs, starts twice as fast with the baseline tier.
 */
import { setFlagsFromString } from "node:v8";
import { type MessagePort, workerData } from "node:worker_threads";
import { carryOut } from "./build.js";
import type { Program, Request } from "./compiler.js";

/** Posted by the client. */
export type ToWorker = { readonly program: Program } | { readonly request: Request };

const { signal, port } = workerData as { signal: SharedArrayBuffer; port: MessagePort };
const bell = new Int32Array(signal);
const binaryen = (await import("binaryen")).default;

/** Compiles with V8's optimising tier. */
function optimised(bytes: Uint8Array): WebAssembly.Module {
  setFlagsFromString("--no-liftoff");
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlagsFromString("--liftoff");
  }
}

let program: Program | null = null;
port.on("message", (message: ToWorker) => {
  if ("program" in message) {
    program = message.program;
    return;
  }
  if (!program) return;
  port.postMessage(carryOut(binaryen, program, message.request, null, optimised));
  // A blocked main thread cannot hear messages: it waits on this word and then takes them itself.
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
});
