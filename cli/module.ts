/** Built modules: making one, running one, and `--engine=aot`, which does both in one step. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { commandOf, type Linked, link, refuse } from "../aot/index.js";
import { type CompileResult, SourceFile } from "../compiler/index.js";
import { readFile } from "./files.js";
import { INTERRUPTED, interruptible } from "./interrupt.js";
import { type Call, type OptionName, type Options, spelled } from "./options.js";
import { enterPhase } from "./phase.js";
import { report } from "./report.js";
import { REJECTED } from "./source.js";
import { isTerminal, ProgramOutput, readSome, writeText } from "./streams.js";
import { UsageError } from "./usage.js";

/** Options of `orus run` that a module does not heed: it was built with them, or without. */
const BAKED_IN: readonly OptionName[] = ["max-recursion", "fuel", "max-time", "max-heap", "O"];
/** Those that a module has no use for. */
const OF_TIERS: readonly OptionName[] = ["engine", "jit-threshold", "stats"];

/** Built modules print their errors themselves, in the short layout. */
function refuseJson({ options, given }: Call): void {
  if (given.includes("error-format") && options["error-format"] === "json")
    throw new UsageError(
      "`--error-format=json` does not reach the errors of built code; leave it out, or choose another engine",
    );
}

/** Links a compiled program with the runtime. Binaryen is loaded here and nowhere else in this thread. */
export async function linked(
  { chunk }: CompileResult,
  options: Options,
  wanted: { readonly names: boolean; readonly text: boolean },
): Promise<Linked> {
  enterPhase("linking");
  const runtime = readFileSync(new URL("../runtime-aot.wasm", import.meta.url));
  const binaryen = await (await import("../jit/native.js")).loadBinaryen();
  return link(chunk!, binaryen, {
    runtime,
    maxRecursion: options["max-recursion"],
    ...(options.fuel === undefined ? {} : { fuel: options.fuel }),
    ...(options["max-time"] === undefined ? {} : { maxTime: options["max-time"] }),
    ...(options["max-heap"] === undefined ? {} : { maxHeap: options["max-heap"] }),
    optimize: options.O === "s" ? "s" : Number(options.O),
    strip: options.strip === true,
    ...wanted,
  });
}

/** `orus run FILE.wasm`. */
export async function runModule(call: Call, path: string): Promise<number> {
  const baked = call.given.find((name) => BAKED_IN.includes(name));
  if (baked !== undefined) {
    throw new UsageError(`\`${spelled(baked)}\` does not reach a built module; give it to \`orus build\``);
  }
  const useless = call.given.find((name) => OF_TIERS.includes(name));
  if (useless !== undefined) {
    throw new UsageError(`\`${spelled(useless)}\` means nothing to a built module: it has no interpreter and no JIT`);
  }
  refuseJson(call);
  const read = readFile(path);
  if ("failed" in read) return rejected("E3001", path, `cannot read \`${path}\`: ${read.failed}`, call.options);
  const reason = refuse(read.bytes);
  if (reason !== null) return rejected("E3007", path, reason, call.options);
  return await execute(read.bytes);
}

async function rejected(code: "E3001" | "E3007", path: string, label: string, options: Options): Promise<number> {
  const file = SourceFile.fromBytes(0, path, new Uint8Array());
  await report([{ files: [file], diagnostics: [{ code, span: file.span, label }] }], options);
  return REJECTED;
}

/** `orus run --engine=aot FILE`. */
export async function buildAndRun(result: CompileResult, call: Call): Promise<number> {
  const { options, given } = call;
  refuseJson(call);
  const lacking = given.find((name) => name === "stats");
  if (lacking !== undefined) throw new UsageError(`\`${spelled(lacking)}\` does not work with \`--engine=aot\` yet`);
  return await execute((await linked(result, options, { names: false, text: false })).wasm);
}

async function execute(wasm: Uint8Array): Promise<number> {
  enterPhase("running");
  // V8 does not replace a running frame of its baseline compiler, and a program may be one long loop.
  setFlagsFromString("--no-liftoff");
  const output = new ProgramOutput();
  const module = new WebAssembly.Module(wasm);
  const command = commandOf(module, { write: output.write, read: readSome, terminal: await isTerminal(1) });
  let ended = false;
  let code: number | null;
  try {
    code = interruptible(() => command.run());
    ended = code !== null;
  } finally {
    if (!ended) command.rescue();
  }
  if (output.failed !== null) throw output.failed;
  if (code === null) writeText(2, "orus: interrupted\n");
  return code ?? INTERRUPTED;
}
