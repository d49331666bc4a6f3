/** `orus dis FILE`: what the compiler made of a program, on standard output; runs nothing. */
import { type Chunk, disassemble } from "../../compiler/index.js";
import { onePath } from "../operands.js";
import type { Call } from "../options.js";
import { accepted, compileOperand, REJECTED } from "../source.js";
import { writeText } from "../streams.js";
import { didYouMean, UsageError } from "../usage.js";

/** The name asked for, once it is known to be there. */
async function chosen(chunk: Chunk, name: string | undefined): Promise<string | undefined> {
  if (name === undefined || chunk.functions.some((fn) => fn.name === name)) return name;
  const names = chunk.functions.map((fn) => fn.name);
  throw new UsageError(`the program has no function \`${name}\`${await didYouMean(name, names)}`);
}

export async function execute(call: Call): Promise<number> {
  const result = compileOperand(onePath(call));
  const good = await accepted([result], call.options, false);
  if (result.chunk === null) return REJECTED;
  writeText(1, disassemble(result.chunk, await chosen(result.chunk, call.options.fn)));
  return good ? 0 : REJECTED;
}
