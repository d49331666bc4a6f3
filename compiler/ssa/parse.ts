/**
 * Reads the text of print.ts back. For tests and tools: it throws with the line on the first thing it does not
 * understand. Empty lines and lines that start with `;` are skipped. Values may be used before the line that defines them
 * (loops do). The first block is the entry.
 */
import type { Rep } from "../analysis/types.js";
import { Block, branchTo, type Edge, type FrameState, Func, type Terminator, tyOf, Value } from "./ir.js";
import { SSA_OPS, type SsaOp } from "./ops.js";

/** Parses one function. */
export function parse(text: string): Func {
  return new Parser(text).func();
}

class Parser {
  private readonly lines: { text: string; number: number }[];
  private readonly values = new Map<number, Value>();
  private readonly blocks = new Map<number, Block>();
  private tokens: string[] = [];
  private at = 0;
  private number = 0;

  constructor(text: string) {
    this.lines = text
      .split("\n")
      .map((line, i) => ({ text: line.trim(), number: i + 1 }))
      .filter((l) => l.text !== "" && !l.text.startsWith(";"));
  }

  func(): Func {
    this.line(this.lines[0] ?? { text: "", number: 1 });
    this.expect("func");
    const fn = this.int();
    const mode = this.next();
    if (mode !== "jit" && mode !== "aot") this.fail("jit or aot expected");
    const loopPc = this.accept("loop") ? this.int() : -1;
    const params = this.listOf(() => this.next() as Rep);
    const result = this.accept("->") ? (this.next() as Rep) : null;
    this.end();
    const f = new Func(fn, loopPc, params, result, mode as "jit" | "aot");
    let block: Block | null = null;
    for (const line of this.lines.slice(1)) {
      this.line(line);
      if (/^b\d+\(.*\):$/.test(line.text)) {
        block = this.block();
        if (f.blocks.length === 0) f.entry = block;
        f.adoptBlock(block);
        block.params = this.listOf(() => this.definition(block!, "block.param"));
        this.expect(":");
      } else if (!block) this.fail("a block expected");
      else if (!this.terminator(block)) this.operation(block);
      this.end();
    }
    for (const b of f.blocks) for (const v of [...b.params, ...b.values]) f.adoptValue(v);
    f.computePreds();
    return f;
  }

  private operation(b: Block): void {
    let v: Value;
    if (/^v\d+$/.test(this.peek())) {
      v = this.definition(b, "block.param");
      this.expect("=");
    } else v = this.value(this.unused());
    const op = this.next();
    if (!(op in SSA_OPS)) this.fail(`unknown operation ${op}`);
    v.op = op as SsaOp;
    v.block = b;
    if ("aux" in SSA_OPS[v.op]) v.aux = this.aux(op);
    if (/^v\d+$/.test(this.peek())) v.args = this.values_();
    if (this.accept("in")) {
      const [lo, hi] = this.next().split("..");
      v.range = { lo: BigInt(lo!), hi: BigInt(hi!) };
    }
    if (this.accept("@")) v.pc = this.int();
    if (this.accept("<")) {
      const chain = [this.int()];
      while (this.accept(",")) chain.push(this.int());
      v.inlined = chain;
    }
    v.handled = this.accept("handled");
    if (this.peek() === "{") v.state = this.state();
    if (this.accept("before")) v.before = this.state();
    b.values.push(v);
  }
  /** `check.true v1` without aux: only checked ops of one kind may leave it out. */
  private aux(op: string): Value["aux"] {
    const text = this.peek();
    if (/^v\d+$/.test(text) || text === "@" || text === "{" || text === "") return null;
    this.next();
    if (op === "const.i64" || op === "const.any") return BigInt(text);
    if (op === "const.f64" || /^-?[\d]/.test(text)) return Number(text);
    return text;
  }

  private terminator(b: Block): boolean {
    const make = (): Terminator | null => {
      switch (this.peek()) {
        case "jump":
          this.next();
          return { kind: "jump", edge: this.edge() };
        case "branch": {
          this.next();
          const cond = this.use();
          this.expect(",");
          const then = this.edge();
          this.expect(",");
          const otherwise = this.edge();
          return branchTo(
            cond,
            then,
            otherwise,
            this.accept("likely") ? true : this.accept("unlikely") ? false : undefined,
          );
        }
        case "return":
          this.next();
          return { kind: "return", value: this.peek() === "" ? null : this.use() };
        case "exit": {
          this.next();
          const reason = this.next();
          this.expect("@");
          const pc = this.int();
          return { kind: "exit", reason, pc, state: this.state() };
        }
        case "unreachable":
          this.next();
          return { kind: "unreachable" };
        default:
          return null;
      }
    };
    const term = make();
    if (term) b.term = term;
    return term !== null;
  }

  private state(): FrameState {
    const frames: FrameState["frames"] = [];
    this.expect("{");
    do {
      const fn = this.int();
      this.expect("@");
      const pc = this.int();
      const offset = this.accept("+") ? this.int() : 0;
      const registers = new Map<number, Value>();
      while (/^r\d+$/.test(this.peek())) {
        const r = Number(this.next().slice(1));
        this.expect("=");
        registers.set(r, this.use());
      }
      frames.push({ fn, pc, offset, registers });
    } while (this.accept("|"));
    this.expect("}");
    return { frames };
  }

  private edge(): Edge {
    const to = this.block();
    return { to, args: this.listOf(() => this.use()) };
  }
  private block(): Block {
    const text = this.next();
    if (!/^b\d+$/.test(text)) this.fail("a block expected");
    const id = Number(text.slice(1));
    const known = this.blocks.get(id);
    if (known) return known;
    const made = new Block(id);
    this.blocks.set(id, made);
    return made;
  }
  private value(id: number): Value {
    const known = this.values.get(id);
    if (known) return known;
    const made = new Value(id, "block.param", null);
    this.values.set(id, made);
    return made;
  }
  private use(): Value {
    const text = this.next();
    if (!/^v\d+$/.test(text)) this.fail("a value expected");
    return this.value(Number(text.slice(1)));
  }
  private values_(): Value[] {
    const values = [this.use()];
    while (this.accept(",")) values.push(this.use());
    return values;
  }
  private definition(b: Block, op: Value["op"]): Value {
    const v = this.use();
    if (v.block) this.fail(`v${v.id} is defined twice`);
    v.op = op;
    v.block = b;
    this.expect(":");
    const rep = this.next() as Rep;
    v.rep = rep;
    v.type = tyOf(rep);
    return v;
  }
  /** A number for an operation without a result, beyond all numbers in the text. */
  private unused(): number {
    if (this.free < 0) {
      this.free = 0;
      for (const l of this.lines)
        for (const m of l.text.matchAll(/\bv(\d+)/g)) this.free = Math.max(this.free, Number(m[1]) + 1);
    }
    return this.free++;
  }
  private free = -1;

  // Tokens of one line.

  private line(l: { text: string; number: number }): void {
    this.number = l.number;
    this.tokens = l.text.match(/->|[(){}:,=|@<+]|[^\s(){}:,=|@<+]+/g) ?? [];
    // A float such as 1e+21 was cut at its plus sign.
    for (let i = 1; i < this.tokens.length - 1; i++)
      if (this.tokens[i] === "+" && /^-?\d[\d.]*e$/.test(this.tokens[i - 1]!))
        this.tokens.splice(i - 1, 3, `${this.tokens[i - 1]}+${this.tokens[i + 1]}`);
    this.at = 0;
  }
  private peek(): string {
    return this.tokens[this.at] ?? "";
  }
  private next(): string {
    return this.tokens[this.at++] ?? this.fail("more expected");
  }
  private accept(token: string): boolean {
    if (this.peek() !== token) return false;
    this.at++;
    return true;
  }
  private expect(token: string): void {
    if (!this.accept(token)) this.fail(`${token} expected, not ${this.peek() || "the end"}`);
  }
  private int(): number {
    const text = this.next();
    if (!/^\d+$/.test(text)) this.fail("a number expected");
    return Number(text);
  }
  private listOf<T>(item: () => T): T[] {
    const items: T[] = [];
    this.expect("(");
    if (this.accept(")")) return items;
    do items.push(item());
    while (this.accept(","));
    this.expect(")");
    return items;
  }
  private end(): void {
    if (this.at < this.tokens.length) this.fail(`unexpected ${this.peek()}`);
  }
  private fail(message: string): never {
    throw new Error(`line ${this.number}: ${message}`);
  }
}
