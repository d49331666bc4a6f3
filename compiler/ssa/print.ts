/**
 * The text of SSA, which parse.ts reads back: dumps, golden files and tests of passes.
 *
 *   func 3 jit (i32, ref) -> i32          loop regions: `func 3 jit loop 24 ()`
 *   b0():
 *     v0:i32 = param 0
 *     charge entry @12 {3@12 r0=v0}
 *     v2:i32 = i32.add.check v0, v1 @14 {3@14 r0=v0 r1=v1}
 *     v3:i32 = call 4 v2 @16 {3@18 r0=v0} before {3@16 r0=v0 r6=v2}
 *     branch v3, b1(v2), b2()
 *   b1(v4:i32):
 *     return v4
 *   b2():
 *     exit exit.loop-end @30 {3@30 r0=v0}
 *
 * `load.reg 0 in 0..9` has known bounds. A value's type is its representation where known (u32, bool …), else the wasm-level type. `@` is the bytecode address;
 * `<5,9` after it are the CALLs around an inlined op, outermost first. A state's frames are separated by `|`, each
 * FUNCTION@ADDRESS, `+OFFSET` of its window unless 0, registers. Numbers of values and blocks are those in memory, so
 * dumps of one function after several passes can be compared.
 */
import type { Block, Edge, FrameState, Func, Value } from "./ir.js";

const name = (v: Value): string => `v${v.id}`;
const typed = (v: Value): string => `${name(v)}:${v.rep ?? v.type}`;
const list = (values: readonly Value[]): string => values.map(name).join(", ");
const edge = (e: Edge): string => `b${e.to.id}(${list(e.args)})`;

/** `{3@14 r0=v0 r1=v1 | 4@20+5 r0=v2}` */
export function printState(state: FrameState): string {
  const frames = state.frames.map((f) => {
    const registers = [...f.registers].map(([r, v]) => ` r${r}=${name(v)}`).join("");
    return `${f.fn}@${f.pc}${f.offset === 0 ? "" : `+${f.offset}`}${registers}`;
  });
  return `{${frames.join(" | ")}}`;
}

function aux(v: Value): string {
  if (v.aux === null) return "";
  if (typeof v.aux !== "number") return ` ${v.aux}`;
  return ` ${Object.is(v.aux, -0) ? "-0" : v.aux}`;
}

/** One operation, without indentation. */
export function printValue(v: Value): string {
  let text = v.type === null ? "" : `${typed(v)} = `;
  text += v.op + aux(v);
  if (v.args.length > 0) text += ` ${list(v.args)}`;
  if (v.range) text += ` in ${v.range.lo}..${v.range.hi}`;
  if (v.pc >= 0 && v.op !== "param" && !v.op.startsWith("const.")) text += ` @${v.pc}`;
  if (v.inlined.length > 0) text += ` <${v.inlined.join(",")}`;
  if (v.handled) text += " handled";
  if (v.state) text += ` ${printState(v.state)}`;
  if (v.before) text += ` before ${printState(v.before)}`;
  return text;
}

export function printTerminator(b: Block): string {
  const t = b.term;
  switch (t.kind) {
    case "jump":
      return `jump ${edge(t.edge)}`;
    case "branch":
      return `branch ${name(t.cond)}, ${edge(t.then)}, ${edge(t.otherwise)}${t.likely === undefined ? "" : t.likely ? " likely" : " unlikely"}`;
    case "return":
      return t.value ? `return ${name(t.value)}` : "return";
    case "exit":
      return `exit ${t.reason} @${t.pc} ${printState(t.state)}`;
    case "unreachable":
      return "unreachable";
  }
}

export function printBlock(b: Block): string {
  const lines = [`b${b.id}(${b.params.map(typed).join(", ")}):`];
  for (const v of b.values) lines.push(`  ${printValue(v)}`);
  lines.push(`  ${printTerminator(b)}`);
  return `${lines.join("\n")}\n`;
}

/** The whole function, blocks in their order; ends with a line end. */
export function print(f: Func): string {
  const loop = f.loopPc < 0 ? "" : `loop ${f.loopPc} `;
  const head = `func ${f.fn} ${f.mode} ${loop}(${f.params.join(", ")})${f.result ? ` -> ${f.result}` : ""}\n`;
  return head + f.blocks.map(printBlock).join("");
}
