/**
 * The compiler worker under Node: loads Binaryen, builds what is asked for, posts modules.
 *
 * V8 would run the new code in its baseline tier first and never replace a running frame, so a hot loop that is entered
 * once would stay slow for ever. `--no-liftoff` makes it compile with the optimising tier at once, here, off the main thread;
 * the posted module carries the finished code (docs/architecture.md, measured). The flag is set around that call only:
 * Binaryen itself, a large module of which little runs, starts twice as fast with the baseline tier.
 *
 * A unit that got warm is built at once, before anybody asks: that takes the first, slow run of Binaryen and of our own passes
 * out of the way, and usually the answer is ready when the unit gets hot.
 */
import { setFlagsFromString } from "node:v8";
import { type MessagePort, workerData } from "node:worker_threads";
import { loadBinaryen } from "./binaryen.js";
import { type Builder, carryOut } from "./build.js";
import type { Finished, Program, Request } from "./compiler.js";

/** Posted by the client. */
export type ToWorker = { readonly program: Program } | { readonly request: Request } | { readonly likely: Request };

const { signal, port } = workerData as { signal: SharedArrayBuffer; port: MessagePort };
const bell = new Int32Array(signal);

/**
 * Compiles with V8's optimising tier: now, because V8 would otherwise compile each function at its first call, with the
 * flags and in the thread of that moment.
 */
function optimised(bytes: Uint8Array): WebAssembly.Module {
  setFlagsFromString("--no-wasm-lazy-compilation");
  setFlagsFromString("--no-liftoff");
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlagsFromString("--liftoff");
    setFlagsFromString("--wasm-lazy-compilation");
  }
}

/** A failure to load Binaryen is the answer to every request. */
async function load(): Promise<Builder | string> {
  try {
    return { binaryen: await loadBinaryen(), numbers: null, compile: optimised };
  } catch (e) {
    return e instanceof Error ? e.message : String(e);
  }
}
const builder = await load();

let program: Program | null = null;
/** Units built before they were asked for. */
const ready = new Map<string, Finished>();
const keyOf = ({ unit, uncompiled }: Request): string => `${unit.fn}:${unit.loopPc}:${uncompiled.join()}`;

function build(request: Request): Finished {
  if (typeof builder === "string")
    return { id: request.id, ms: 0, failed: "build.failed", detail: `Binaryen: ${builder}` };
  return carryOut(builder, program!, request);
}

port.on("message", (message: ToWorker) => {
  if ("program" in message) {
    program = message.program;
    ready.clear();
  } else if ("likely" in message) ready.set(keyOf(message.likely), build(message.likely));
  else {
    const { request } = message;
    const before = ready.get(keyOf(request));
    port.postMessage(before ? { ...before, id: request.id } : build(request));
    // A blocked main thread cannot hear messages: it waits on this word and then takes them itself.
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
  }
});
