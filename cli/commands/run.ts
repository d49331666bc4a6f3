/**
 * `orus run FILE ARGS...`: check, compile, execute. This is the start-up path: what only some runs need (diagnostics,
 * statistics, built modules) is imported where it is needed.
 */
import type { CompileResult } from "../../compiler/index.js";
import { DEFAULTS, Engine, loadRuntime, statsOf, statsText, WorkerCompiler } from "../../jit/index.js";
import { INTERRUPTED, interruptible } from "../interrupt.js";
import { missingFile } from "../operands.js";
import type { Call, Options } from "../options.js";
import { enterPhase } from "../phase.js";
import { accepted, compileOperand, REJECTED, warningsFor } from "../source.js";
import { isTerminal, ProgramOutput, readSome, writeText } from "../streams.js";

/** Exit code of an uncaught run-time error. */
const RUNTIME_ERROR = 70;

export async function execute(call: Call): Promise<number> {
  const { options } = call;
  const [path] = call.operands;
  if (path === undefined && options.e === undefined) throw missingFile(call);
  if (options.e === undefined && path!.endsWith(".wasm")) return (await import("../module.js")).runModule(call, path!);
  const result = compileOperand(path ?? "-", options, await warningsFor(call, false));
  if (!(await accepted([result], options)) || result.chunk === null) return REJECTED;
  if (options.engine === "aot") return (await import("../module.js")).buildAndRun(result, call);
  return runProgram(result, options);
}

async function runProgram({ chunk, files, phases }: CompileResult, options: Options): Promise<number> {
  enterPhase("running");
  const output = new ProgramOutput();
  const compiler = options.engine === "interp" ? null : new WorkerCompiler();
  const engine = new Engine(
    loadRuntime(),
    chunk!,
    files,
    {
      ...DEFAULTS,
      engine: options.engine === "aot" ? "interp" : options.engine,
      threshold: options["jit-threshold"],
      maxRecursion: options["max-recursion"],
      fuel: options.fuel ?? null,
      maxTime: options["max-time"] ?? null,
      maxHeap: options["max-heap"] ?? null,
      write: output.write,
      read: readSome,
      lineFlush: await isTerminal(1),
    },
    compiler,
  );
  const outcome = interruptible(() => engine.run());
  engine.flush();
  compiler?.close();
  if (output.failed !== null) throw output.failed;
  if (outcome === null) writeText(2, `orus: interrupted${placeOf(engine)}\n`);
  else if (outcome.error !== null) await (await import("../report.js")).reportRuntime(outcome.error, files, options);
  if (options.stats !== undefined) writeText(2, statistics(engine, phases, options.stats));
  return outcome === null ? INTERRUPTED : outcome.error === null ? 0 : RUNTIME_ERROR;
}

function statistics(engine: Engine, phases: CompileResult["phases"], form: "text" | "json"): string {
  const stats = statsOf(engine);
  if (form === "json") return `${JSON.stringify({ phases, ...stats })}\n`;
  const times = Object.entries(phases).map(([name, ms]) => `${name} ${ms.toFixed(1)}`);
  return `compile        ${times.join(", ")} ms\n${statsText(stats)}`;
}

/** ` at FILE:LINE`, as far as the engine knows: it looks when the program asks for more budget. */
function placeOf(engine: Engine): string {
  const { chunk } = engine;
  const pc = engine.lastPlace();
  const fn = chunk.functions.find(({ codeStart, codeEnd }) => codeStart <= pc && pc < codeEnd);
  const line = chunk.lines.findLast((row) => row.pc <= pc)?.line;
  return fn === undefined || line === undefined ? "" : ` at ${chunk.files[fn.file]!.path}:${line}`;
}
