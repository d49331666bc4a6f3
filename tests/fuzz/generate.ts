/**
 * Random well-typed programs of scalars and strings (texts.ts), made from a list of numbers ("entropy"), so that a property
 * tester can shrink them: fewer or smaller numbers give smaller programs, and an exhausted list always picks the
 * simplest form. Programs end by construction or by fuel; run-time errors are welcome, since every tier must report
 * the same one at the same place.
 *
 * What it leans on: values at the limits of their types, checked arithmetic inside nested loops, loop variables of
 * all integer types with steps of both signs, recursion, module variables written by functions, early exits, variables
 * that branches declare and that may have no value where they are read.
 */
import { append, type Choices, roomOf, SHORT, TEXTS, text, within } from "./texts.js";

type T = "i32" | "i64" | "u32" | "u64" | "f64" | "bool" | "string";
const INTS: readonly T[] = ["i32", "i64", "u32", "u64"];
const NUMS: readonly T[] = [...INTS, "f64"];
/** Strings more than once: they have the most forms. */
const ALL: readonly T[] = [...NUMS, "bool", "string", "string", "string"];
const COMPARED = ["==", "!=", "<", "<=", ">", ">="] as const;

interface Var {
  name: string;
  readonly type: T;
  readonly mutable: boolean;
  /** Bytes that a string may have. */
  readonly room: number;
  /** Declared by branches: what is known about that. */
  readonly branch?: {
    readonly home: Suite;
    /** Declared in loops only, so it may be assigned; it was, so it has to remain so. */
    inLoops: boolean;
    assigned: boolean;
  };
}
/** A block that is being written. */
interface Suite {
  /** Everything visible in it. */
  readonly scope: Var[];
  readonly kind: "home" | "if" | "while";
  /** Variables of branches that are declared in the block itself, and whether they may be assigned again. */
  readonly declared: Map<Var, boolean>;
  /** The line where its current statement begins. */
  line: number;
}
interface Fn {
  readonly name: string;
  readonly params: readonly T[];
  readonly result: T | null;
  /** Bytes of string parameters and of a string result. */
  readonly rooms: readonly number[];
  readonly resultRoom: number;
}

const EDGES: Record<string, readonly string[]> = {
  i32: ["0", "1", "2", "-1i32", "7", "100", "2147483647i32", "-2147483648i32", "65536", "46341"],
  i64: [
    "0i64",
    "1i64",
    "-1i64",
    "3i64",
    "9223372036854775807i64",
    "-9223372036854775808i64",
    "4294967296i64",
    "3037000500i64",
  ],
  u32: ["0u32", "1u32", "5u32", "4294967295u32", "2147483648u32"],
  u64: ["0u64", "1u64", "9u64", "18446744073709551615u64", "9223372036854775808u64"],
  f64: ["0.0", "1.0", "-1.5", "0.1", "1e300", "1e-300", "4294967296.5", "-2147483649.0", "9007199254740993.0"],
  bool: ["true", "false"],
  string: TEXTS,
};
/** Room for parts that nobody keeps. */
const LONG = 4_000;
/** Values whose arithmetic rarely fails: without them most programs end at their first statement. */
const CALM: Record<string, readonly string[]> = {
  i32: ["1", "2", "3", "5", "10", "-3i32"],
  i64: ["1i64", "2i64", "6i64", "-4i64"],
  u32: ["1u32", "2u32", "11u32"],
  u64: ["1u64", "3u64", "8u64"],
  f64: ["1.0", "2.5", "-0.5", "3.25"],
  bool: EDGES.bool!,
  string: EDGES.string!,
};

/**
 * Makes one program from the numbers given. The same numbers always give the same text.
 *
 * With `start` it is the same program without declarations in branches: each such variable is declared before the
 * statement that has the first of them, with the simplest value of its type or with another one. Then two programs that
 * differ only in that do the same, up to the first read of a variable that no branch has given a value.
 */
export function generate(entropy: readonly number[], start: "first" | "second" | null = null): string {
  return new Generator(entropy, start === null ? null : start === "first" ? 0 : 1).program();
}

class Generator {
  private at = 0;
  private fresh = 0;
  private lines: string[] = [];
  private indent = 0;
  private fns: Fn[] = [];
  private globals: Var[] = [];
  /** Statements still allowed: bounds the text. */
  private left = 60;
  private loopDepth = 0;
  private inFunction: Fn | null = null;
  /** The blocks around the place, outermost first. */
  private suites: Suite[] = [];

  /** Declarations before lines that are written already. */
  private readonly ahead: { readonly line: number; readonly text: string }[] = [];

  constructor(
    private readonly entropy: readonly number[],
    /** Which of the calm values a variable of branches begins with; null: it has none, and no declaration. */
    private readonly start: 0 | 1 | null,
  ) {}

  /** A number below `n`; 0 when the entropy is used up. */
  private pick(n: number): number {
    const v = this.entropy[this.at++];
    return v === undefined ? 0 : Math.abs(Math.trunc(v)) % n;
  }
  private of<X>(list: readonly X[]): X {
    return list[this.pick(list.length)]!;
  }
  private emit(text: string): void {
    this.lines.push("    ".repeat(this.indent) + text);
  }
  private name(prefix: string): string {
    return `${prefix}${this.fresh++}`;
  }

  program(): string {
    const globals = this.pick(4);
    for (let i = 0; i < globals; i++) {
      const type = this.of(ALL);
      const name = this.name("g");
      this.emit(`mut ${name}: ${type} = ${this.of(CALM[type]!)}`);
      this.globals.push({ name, type, mutable: true, room: this.room(type) });
    }
    const module = this.open([...this.globals], "home");
    for (let i = this.pick(3); i > 0; i--) {
      module.line = this.lines.length;
      this.branches(module.scope);
    }
    const count = this.pick(4);
    for (let i = 0; i < count; i++) this.fn(module.scope);
    this.block(module.scope, 3 + this.pick(6));
    for (const fn of this.fns) {
      if (this.pick(3) === 0) continue;
      const call = this.call(fn, module.scope, 1);
      this.emit(fn.result === null ? call : `print(${call})`);
    }
    for (const g of this.globals) this.emit(`print("${g.name} @", ${g.name})`);
    const text: string[] = [];
    this.lines.forEach((line, i) => {
      for (const declaration of this.ahead) if (declaration.line === i) text.push(declaration.text);
      text.push(line);
    });
    return `${text.join("\n")}\n`;
  }

  /** A function whose first parameter bounds its own recursion. */
  private fn(visible: readonly Var[]): void {
    const params: T[] = ["i32", ...Array.from({ length: this.pick(4) }, () => this.of(ALL))];
    const result = this.pick(5) === 0 ? null : this.of(this.pick(3) === 0 ? ALL : NUMS);
    const rooms = params.map((type) => this.room(type));
    const resultRoom = result === null ? 0 : this.room(result);
    const fn: Fn = { name: this.name("f"), params, result, rooms, resultRoom };
    const vars: Var[] = params.map((type, i) => ({
      name: `p${this.fresh}_${i}`,
      type,
      mutable: false,
      room: rooms[i]!,
    }));
    this.fresh++;
    this.emit(`fn ${fn.name}(${vars.map((v) => `${v.name}: ${v.type}`).join(", ")})${result ? ` -> ${result}` : ""}:`);
    this.indent++;
    const bound = vars[0]!.name;
    this.emit(`if ${bound} <= 0:`);
    this.emit(result ? `    return ${this.expr(result, vars.slice(1), 1, resultRoom)}` : "    return");
    this.inFunction = fn;
    const outer = this.loopDepth;
    this.loopDepth = 0;
    const { scope } = this.open([...visible, ...vars], "home");
    this.block(scope, 1 + this.pick(4));
    if (this.pick(2) === 1) {
      const args = params.map((t, i) => (i === 0 ? `${bound} - 1` : this.expr(t, scope, 1, rooms[i])));
      const call = `${fn.name}(${args.join(", ")})`;
      if (result) {
        const r = this.name("r");
        this.emit(`${r} = ${call}`);
        scope.push({ name: r, type: result, mutable: false, room: resultRoom });
      } else this.emit(call);
    }
    if (result) this.emit(`return ${this.expr(result, scope, 2, resultRoom)}`);
    this.suites.pop();
    this.loopDepth = outer;
    this.inFunction = null;
    this.indent--;
    this.fns.push(fn);
  }

  private block(scope: Var[], statements: number): void {
    let any = false;
    for (let i = 0; i < statements && this.left > 0; i++) {
      this.left--;
      this.suites.at(-1)!.line = this.lines.length;
      this.statement(scope);
      any = true;
    }
    if (!any) this.emit("pass");
  }

  private statement(scope: Var[]): void {
    const nested = this.indent < 6;
    switch (this.pick(nested ? 15 : 5)) {
      case 0:
      case 1: {
        const args = Array.from({ length: 1 + this.pick(3) }, () => this.expr(this.of(ALL), scope, 2));
        return this.emit(this.pick(3) === 0 ? `print("@ @x|@.3", ${args.join(", ")})` : `print(${args.join(", ")})`);
      }
      case 2:
      case 3: {
        const type = this.of(ALL);
        const mutable = this.pick(3) > 0;
        const name = this.name("v");
        const room = this.room(type);
        this.emit(`${mutable ? "mut " : ""}${name}: ${type} = ${this.expr(type, scope, 3, room)}`);
        scope.push({ name, type, mutable, room });
        return;
      }
      case 4:
      case 5:
      case 6: {
        const targets = scope.filter((v) => v.mutable);
        if (targets.length === 0) return this.emit(`print(${this.expr(this.of(ALL), scope, 2)})`);
        const v = this.of(targets);
        if (NUMS.includes(v.type) && this.pick(2) === 1)
          return this.emit(`${v.name} ${this.of(["+=", "-=", "*=", "/=", "%="])} ${this.expr(v.type, scope, 2)}`);
        if (v.type === "string" && this.pick(4) > 0) return this.emit(append(this.choices(scope, 2), v, false));
        return this.emit(`${v.name} = ${this.expr(v.type, scope, 3, v.room)}`);
      }
      case 7:
      case 8: {
        const before = [...scope];
        this.emit(`if ${this.expr("bool", scope, 2)}:`);
        this.nest(scope, 1 + this.pick(3), "if");
        if (this.pick(2) === 1) {
          this.emit("else:");
          // What the other arm declares has a value here only if a loop brings it.
          this.nest(this.inWhile() ? scope : before, 1 + this.pick(2), "if");
        }
        return;
      }
      case 9:
        return this.forLoop(scope);
      case 10:
        return this.whileLoop(scope);
      case 11:
        return this.branches(scope);
      case 12:
      case 13:
        return this.giveBranches(scope);
      default: {
        if (this.loopDepth > 0 && this.pick(2) === 1) {
          const word = this.of(["break", "continue"]);
          return this.emit(`if ${this.expr("bool", scope, 2)}: ${word}`);
        }
        if (this.inFunction && this.pick(3) === 0) {
          this.emit(`if ${this.expr("bool", scope, 1)}:`);
          const { result } = this.inFunction;
          return this.emit(
            result ? `    return ${this.expr(result, scope, 2, this.inFunction.resultRoom)}` : "    return",
          );
        }
        return this.emit(`print(${this.expr(this.of(NUMS), scope, 3)})`);
      }
    }
  }

  private nest(scope: readonly Var[], statements: number, kind: Suite["kind"]): void {
    this.indent++;
    this.block(this.open([...scope], kind).scope, statements);
    this.suites.pop();
    this.indent--;
  }
  private open(scope: Var[], kind: Suite["kind"]): Suite {
    const suite: Suite = { scope, kind, declared: new Map(), line: this.lines.length };
    this.suites.push(suite);
    return suite;
  }

  /** The block that plain declarations belong to. */
  private home(): Suite {
    return this.suites.findLast((suite) => suite.kind === "home")!;
  }
  /** Whether a `while` is between the place and its home. */
  private inWhile(): boolean {
    return this.suites.slice(this.suites.lastIndexOf(this.home())).some((suite) => suite.kind === "while");
  }

  /** An `if` whose branches, not always all of them, declare a variable. */
  private branches(scope: Var[]): void {
    const type = this.of(ALL);
    const inLoops = this.loopDepth > 0;
    const branch = { home: this.home(), inLoops, assigned: false };
    const v: Var = { name: this.name("b"), type, mutable: false, room: this.room(type), branch };
    if (this.start !== null) {
      const home = this.suites.indexOf(this.home());
      const depth = this.indent - (this.suites.length - 1 - home);
      this.ahead.push({
        line: this.home().line,
        text: `${"    ".repeat(depth)}mut ${v.name}: ${type} = ${CALM[type]![this.start]}`,
      });
    }
    const before = [...scope];
    const arm = (header: string, declares: boolean): void => {
      this.emit(header);
      this.indent++;
      const suite = this.open([...before], "if");
      if (declares) this.declare(v, suite);
      this.block(suite.scope, declares ? this.pick(2) : 1);
      this.suites.pop();
      this.indent--;
    };
    arm(`if ${this.expr("bool", before, 2)}:`, true);
    if (this.pick(3) === 2) arm(`elif ${this.expr("bool", before, 2)}:`, this.pick(4) > 0);
    if (this.pick(4) > 0) arm("else:", this.pick(5) > 0);
    // Visible from here to the end of its home.
    for (const suite of this.suites.slice(this.suites.lastIndexOf(this.home()))) suite.scope.push(v);
    if (!this.suites.some((suite) => suite.scope === scope)) scope.push(v);
  }
  private declare(v: Var, suite: Suite): void {
    const value = this.expr(v.type, suite.scope, 2, v.room);
    const fresh = this.start !== null && suite === v.branch!.home;
    if (fresh) v.name += "x";
    this.emit(`${fresh ? `mut ${v.name}: ${v.type}` : v.name} = ${value}`);
    suite.declared.set(v, this.loopDepth > 0);
    if (!suite.scope.includes(v)) suite.scope.push(v);
  }

  /** Gives a variable of branches another value, as a new declaration or as an assignment, if it may have one. */
  private giveBranches(scope: Var[]): void {
    const known = scope.filter((v) => v.branch);
    if (known.length === 0) return this.branches(scope);
    const v = this.of(known);
    const branch = v.branch!;
    const suite = this.suites.at(-1)!;
    const around = this.suites.findLast((s) => s.declared.has(v));
    const here = branch.home === this.home();
    const mutable = around ? around.declared.get(v)! : branch.inLoops;
    const inLoop = this.loopDepth > 0;
    const update = (statement: string): void => {
      branch.assigned = true;
      this.emit(statement);
    };
    if (mutable && v.type === "string" && this.pick(3) > 0) return update(append(this.choices(scope, 1), v, true));
    if (mutable && NUMS.includes(v.type) && this.pick(3) === 0)
      return update(`${v.name} ${this.of(["+=", "-=", "*="])} ${this.expr(v.type, scope, 1)}`);
    const anew = suite === branch.home;
    if (!around && here && (anew || inLoop || !branch.assigned)) {
      // Directly in its home it is a new variable; a branch declares the same one once more.
      branch.inLoops = anew ? inLoop : branch.inLoops && inLoop;
      if (anew) branch.assigned = false;
      return this.declare(v, suite);
    }
    if (mutable && (around || !here)) return update(`${v.name} = ${this.expr(v.type, scope, 2, v.room)}`);
    this.emit(`print(${within(v, SHORT)})`);
  }

  private forLoop(scope: readonly Var[]): void {
    const type = this.of(INTS);
    const suffix = type;
    const name = this.name("i");
    // Three loops inside each other with up to 40 rounds: enough to be hot at a low threshold, short enough for a test.
    const rounds = 1 + this.pick(this.loopDepth === 0 ? 40 : 8);
    const start = this.pick(4) === 0 ? this.limitOf(type, rounds) : `${this.pick(5)}${suffix}`;
    const signed = type[0] === "i";
    const shape = this.pick(4);
    let header: string;
    if (shape === 3 && signed) header = `${rounds}${suffix}..${this.pick(3)}${suffix}..-${1 + this.pick(3)}${suffix}`;
    else if (shape === 2) header = `${start}..=${start} + ${rounds}${suffix}..${1 + this.pick(3)}${suffix}`;
    else header = `${start}..${shape === 1 ? "=" : ""}${start} + ${rounds}${suffix}`;
    this.emit(`for ${name} in ${header}:`);
    this.loopDepth++;
    this.nest([...scope, { name, type, mutable: this.pick(4) === 0, room: 0 }], 1 + this.pick(4), "home");
    this.loopDepth--;
  }
  /** A start so near the largest value that the range ends exactly there. */
  private limitOf(type: T, rounds: number): string {
    const max = { i32: 2147483647n, i64: 9223372036854775807n, u32: 4294967295n, u64: 18446744073709551615n }[
      type as "i32"
    ];
    return `${max - BigInt(rounds)}${type}`;
  }

  private whileLoop(scope: readonly Var[]): void {
    const name = this.name("w");
    const type = this.of(INTS);
    const suffix = type;
    this.emit(`mut ${name}: ${type} = 0`);
    this.emit(
      `while ${name} < ${1 + this.pick(this.loopDepth === 0 ? 40 : 8)}${suffix}${this.pick(2) ? ` and ${this.expr("bool", scope, 1)}` : ""}:`,
    );
    this.indent++;
    this.emit(`${name} += 1`);
    this.indent--;
    this.loopDepth++;
    this.nest([...scope, { name, type, mutable: false, room: 0 }], 1 + this.pick(4), "while");
    this.loopDepth--;
  }

  /** Bytes for a variable of the type. */
  private room(type: T): number {
    return type === "string" ? roomOf(this.choices([], 0)) : 0;
  }
  private call(fn: Fn, scope: readonly Var[], depth: number): string {
    const args = fn.params.map((t, i) => (i === 0 ? `${this.pick(6)}` : this.expr(t, scope, depth, fn.rooms[i])));
    return `${fn.name}(${args.join(", ")})`;
  }
  private choices(scope: readonly Var[], depth: number): Choices {
    return {
      pick: (n) => this.pick(n),
      of: (list) => this.of(list),
      sub: (type, room) => this.expr(type as T, scope, depth, room),
    };
  }

  /** An expression of the type, at most `depth` operators deep; a string has at most `room` bytes, or is a literal. */
  private expr(type: T, scope: readonly Var[], depth: number, room = SHORT): string {
    const vars = scope.filter((v) => v.type === type);
    if (depth <= 0 || this.pick(4) === 0) {
      if (vars.length > 0 && this.pick(3) > 0) {
        const v = this.of(vars);
        return type === "string" ? within(v, room) : v.name;
      }
      return this.of((this.pick(5) === 0 ? EDGES : CALM)[type]!);
    }
    const sub = (t: T, most = SHORT): string => this.expr(t, scope, depth - 1, most);
    const form = this.pick(10);
    if (form === 0) return `(${sub(type, room)} if ${sub("bool")} else ${sub(type, room)})`;
    if (form === 1 && this.loopDepth < 2) {
      const callable = this.fns.filter((f) => f.result === type && f.resultRoom <= room);
      if (callable.length > 0) return this.call(this.of(callable), scope, depth - 1);
    }
    switch (type) {
      case "string":
        return text(this.choices(scope, depth - 1), vars, room);
      case "bool":
        switch (this.pick(6)) {
          case 0:
            return `(not ${sub("bool")})`;
          case 1:
            return `(${sub("bool")} ${this.of(["and", "or"])} ${sub("bool")})`;
          case 2:
            return `(${sub("string", LONG)} ${this.of(COMPARED)} ${sub("string", LONG)})`;
          case 3:
            return `(${sub(this.of(NUMS))} ${this.of(COMPARED)} ${sub(this.of(NUMS))})`;
          default: {
            const t = this.of(NUMS);
            return `(${sub(t)} ${this.of(COMPARED)} ${sub(t)})`;
          }
        }
      default: {
        if (form === 2) return `(${sub(this.of([...NUMS, "bool"]))} as ${type})`;
        if (form === 4 && type === "i32") return `len(${sub("string", LONG)})`;
        if (form === 3 && (type === "f64" || type[0] === "i")) return `(-${sub(type)})`;
        return `(${sub(type)} ${this.of(["+", "-", "*", "+", "-", "/", "%"])} ${sub(type)})`;
      }
    }
  }
}
