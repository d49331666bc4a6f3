/**
 * From instruction lists to one chunk: constants are pooled, jumps threaded and resolved, spans, lines and loops get
 * their addresses. A jump to an unconditional jump goes to its target at once; what no path reaches is left out, and so are
 * jumps over nothing.
 */
import { mayRefer, type Rep } from "../analysis/types.js";
import { allocate } from "./allocate.js";
import type { Chunk, Constant, HandlerRow, LoopRow, Proto, SpanRow } from "./chunk.js";
import { type Arg, type FnCode, type Ins, Label } from "./code.js";
import { encode } from "./encode.js";
import { hoistConstants } from "./hoist.js";
import { OP, OP_LIST } from "./ops.js";

const textOfBits = (_: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString(16) : value);

/** The constants of a chunk, each once. */
export class Pool {
  readonly list: Constant[] = [];
  private readonly at = new Map<string, number>();
  private readonly bits = new DataView(new ArrayBuffer(8));

  add(c: Constant): number {
    // f64 by bits: 0.0 and -0.0 are different constants, a NaN is equal to itself.
    let key = `${c.type}:`;
    if (c.type === "f64") {
      this.bits.setFloat64(0, c.value);
      key += this.bits.getBigUint64(0).toString(16);
    } else key += "text" in c ? c.text : "object" in c ? JSON.stringify(c.object, textOfBits) : String(c.value);
    let index = this.at.get(key);
    if (index === undefined) {
      index = this.list.push(c) - 1;
      this.at.set(key, index);
    }
    return index;
  }
}

export interface FnHead {
  readonly name: string;
  readonly file: number;
  readonly offset: number;
  readonly params: readonly Rep[];
  readonly result: Rep | null;
  /** Index of its type as a value. */
  readonly type?: number;
}

/** Puts the functions of a program together, in order. */
export class Assembler {
  readonly pool = new Pool();
  readonly functions: Proto[] = [];
  private readonly words: number[] = [];
  private readonly loops: LoopRow[] = [];
  private readonly handlers: HandlerRow[] = [];
  private readonly spans: SpanRow[] = [];
  private readonly lines: { pc: number; line: number }[] = [];

  constructor(private readonly lineOf: (file: number, offset: number) => number) {}

  add(head: FnHead, code: FnCode): void {
    const fn = this.functions.length;
    const refParams = head.params.filter(mayRefer).length;
    hoistConstants(code, (constant) => this.pool.list[constant]!.type === "f64");
    const done = allocate(code, refParams, head.params.length - refParams);
    const list = done.list;
    const at = (label: Label): number => done.moved[label.at]!;
    const tries = code.handlers.map((h): Range => {
      return { start: done.moved[h.start]!, end: done.moved[h.end]!, target: at(h.target) };
    });
    const live = reachable(list, at, tries);
    dropJumpsToNext(list, live, at);
    const codeStart = this.words.length;
    const pcs = new Int32Array(list.length + 1);
    let pc = codeStart;
    list.forEach((ins, i) => {
      pcs[i] = pc;
      if (live[i]) pc += OP_LIST[OP[ins.op]]!.size;
    });
    pcs[list.length] = pc;
    // A loop whose LOOP no path reaches is left out; the others keep their order.
    const loopNumber = new Int32Array(code.loops.length).fill(-1);
    code.loops.forEach((loop, k) => {
      const start = done.moved[loop.start]!;
      if (!live[start]) return;
      loopNumber[k] = this.loops.length;
      const parent = loop.parent < 0 ? -1 : loopNumber[loop.parent]!;
      this.loops.push({ fn, pc: pcs[start]!, end: pcs[done.moved[loop.end]!]!, parent, offset: loop.offset });
    });
    for (const { start, end, target } of tries) {
      // What cannot fail, or is never reached, needs no handler.
      if (live[target] && pcs[start]! < pcs[end]!)
        this.handlers.push({ fn, start: pcs[start]!, end: pcs[end]!, target: pcs[target]! });
    }
    let line = -1;
    list.forEach((ins, i) => {
      if (!live[i]) return;
      const here = pcs[i]!;
      const op = OP_LIST[OP[ins.op]]!;
      const values = ins.args.map((a: Arg, k) => {
        if (a instanceof Label) return pcs[thread(at(a), list, at)]! - (here + 1);
        if (op.list[k]?.role === "loop") return loopNumber[a as number]!;
        return typeof a === "number" ? a : done.number(a);
      });
      for (const word of encode(ins.op, values)) this.words.push(word);
      if (ins.span) this.spans.push({ pc: here, ...ins.span });
      const l = this.lineOf(head.file, ins.offset);
      if (l !== line) {
        line = l;
        this.lines.push({ pc: here, line });
      }
    });
    const { type = -1, ...rest } = head;
    this.functions.push({
      ...rest,
      ...(type >= 0 ? { type } : {}),
      codeStart,
      codeEnd: pc,
      window: done.window,
      refParams,
      otherRefs: done.otherRefs,
      otherRefsStart: done.otherRefsStart,
    });
  }

  /** `objects`: types, variants, signatures. */
  finish(
    files: Chunk["files"],
    globals: Chunk["globals"],
    objects: Pick<Chunk, "types" | "variants" | "signatures">,
  ): Chunk {
    return {
      ...objects,
      handlers: this.handlers,
      files: files.map(({ path, text }) => ({ path, text })),
      globals,
      functions: this.functions,
      code: Uint32Array.from(this.words),
      constants: this.pool.list,
      loops: this.loops,
      spans: this.spans,
      lines: this.lines,
    };
  }
}

/** Final target of a jump: through unconditional jumps, stopping in an endless chain of them. */
function thread(index: number, list: readonly Ins[], at: (l: Label) => number): number {
  for (let steps = 0; steps < 100; steps++) {
    const ins = list[index];
    if (ins?.op !== "JUMP") return index;
    const next = at(ins.args[0] as Label);
    if (next === index) return index;
    index = next;
  }
  return index;
}

/** A jump over nothing is left out. Where it really goes counts: jumps on its way may never be reached themselves. */
function dropJumpsToNext(list: readonly Ins[], live: Uint8Array, at: (l: Label) => number): void {
  // From the end, so that a jump over jumps that are left out goes, too.
  let next = list.length;
  for (let i = list.length - 1; i >= 0; i--) {
    if (!live[i]) continue;
    const ins = list[i]!;
    const target = ins.op.startsWith("JUMP") ? thread(at(ins.args.at(-1) as Label), list, at) : -1;
    if (target > i && target <= next) live[i] = 0;
    else next = i;
  }
}

/** The range of a `try` and its handler's index. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly target: number;
}

/** Which instructions some path from the start reaches. */
function reachable(list: readonly Ins[], at: (l: Label) => number, tries: readonly Range[]): Uint8Array {
  const live = new Uint8Array(list.length);
  const work = [0];
  let waiting = tries;
  for (let i = work.pop(); i !== undefined; i = work.pop()) {
    while (i < list.length && !live[i]) {
      live[i] = 1;
      const ins: Ins = list[i]!;
      const target = ins.args.find((a): a is Label => a instanceof Label);
      const { flow, effects } = OP_LIST[OP[ins.op]]!;
      // A handler is reached from what can fail in its range.
      if (waiting.length > 0 && effects?.includes("throws")) {
        const covers = (t: Range): boolean => t.start <= i! && i! < t.end;
        for (const t of waiting) if (covers(t)) work.push(t.target);
        waiting = waiting.filter((t) => !covers(t));
      }
      if (target) work.push(thread(at(target), list, at));
      if (flow === "jump" || flow === "return") break;
      i++;
    }
  }
  return live;
}
