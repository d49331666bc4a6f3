/** `orus build FILE -o OUT`: one standalone module, a WASI command. */
import { statSync, writeFileSync } from "node:fs";
import { failureOf } from "../files.js";
import { linked } from "../module.js";
import { onePath } from "../operands.js";
import type { Call } from "../options.js";
import { accepted, compileOperand, REJECTED, warningsFor } from "../source.js";
import { OutputError } from "../streams.js";
import { UsageError } from "../usage.js";

/** The name with another ending. */
const withEnding = (path: string, ending: string): string => `${path.replace(/\.(orus|wasm|wat)$/, "")}.${ending}`;

function save(path: string, content: Uint8Array | string): void {
  try {
    writeFileSync(path, content);
  } catch (e) {
    throw new OutputError(false, `cannot write \`${path}\`: ${failureOf(e)}`);
  }
}

/** The same file, whatever the spelling. */
function same(a: string, b: string): boolean {
  const [x, y] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return x !== undefined && y !== undefined && x.ino === y.ino && x.dev === y.dev;
}

export async function execute(call: Call): Promise<number> {
  const path = onePath(call);
  const { options } = call;
  if (path === "-" && options.o === undefined) throw new UsageError("a program from standard input needs `-o OUT`");
  const forms = options.emit.split(",");
  const result = compileOperand(path, options, await warningsFor(call, true));
  if (!(await accepted([result], options))) return REJECTED;
  const own = options.o === undefined ? undefined : result.files.find((file) => same(file.path, options.o!));
  if (own) throw new UsageError(`\`-o ${options.o}\` would overwrite the program; choose another name`);
  const wanted = forms.includes("wat");
  // Names make the text form readable; they cost nothing there.
  const { wasm, text } = await linked(result, options, { names: options.names === true || wanted, text: wanted });
  const out = options.o ?? withEnding(path, "wasm");
  if (forms.includes("wasm")) save(out, wasm);
  if (text !== null) save(forms.length === 1 && options.o !== undefined ? out : withEnding(out, "wat"), text);
  return 0;
}
