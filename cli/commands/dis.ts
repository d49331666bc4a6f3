/** `orus dis FILE`: what the compiler made of a program, on standard output; runs nothing. */
import { type Chunk, disassemble, dumpFront, type FrontForm } from "../../compiler/index.js";
import { hostWith } from "../files.js";
import { onePath } from "../operands.js";
import type { Call, Options } from "../options.js";
import { accepted, compileOperand, REJECTED } from "../source.js";
import { writeText } from "../streams.js";
import { didYouMean, UsageError } from "../usage.js";

/** Forms before bytecode: shown also of programs with errors. */
const FRONT: readonly FrontForm[] = ["tokens", "ast", "types"];

export async function execute(call: Call): Promise<number> {
  const { options } = call;
  const result = compileOperand(onePath(call), options);
  const good = await accepted([result], options);
  const { chunk } = result;
  const front = FRONT.filter((form) => options[form] === true);
  for (const form of front) {
    for (const file of result.files) writeText(1, dumpFront(file, form, hostWith(new Map(), options.path)) ?? "");
  }
  if (chunk === null) return REJECTED;
  if (options.fn !== undefined) await demandFunction(chunk, options.fn);
  const native = options.ir === true || options.wat === true || options["dump-after"] !== undefined;
  if (options.bytecode === true || (!native && front.length === 0)) writeText(1, disassemble(chunk, options.fn));
  if (native) writeText(1, await nativeForms(chunk, options));
  return good ? 0 : REJECTED;
}

async function demandFunction(chunk: Chunk, name: string): Promise<void> {
  const names = chunk.functions.map((fn) => fn.name);
  if (names.includes(name)) return;
  throw new UsageError(`the program has no function \`${name}\`${await didYouMean(name, names)}`);
}

async function nativeForms(chunk: Chunk, options: Options): Promise<string> {
  const { dumpNative } = await import("../native-dump.js");
  const pass = options["dump-after"] ?? null;
  const { ir = false, wat = false, fn } = options;
  const { text, passes } = await dumpNative(chunk, { ir, passes: pass, wat, fn });
  if (pass !== null && pass !== "all" && passes.size > 0 && !passes.has(pass)) {
    throw new UsageError(`there is no pass \`${pass}\`; there are ${[...passes].join(", ")}`);
  }
  return text;
}
