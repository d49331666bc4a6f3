/**
 * Random well-typed programs of arrays, structs, enums, matches, functions as values, closures, `any` and `try`, made from a
 * list of numbers as generate.ts makes those of scalars: shrinking the list shrinks the program. Programs end by construction
 * or by fuel; run-time errors are welcome, caught and uncaught.
 *
 * What it leans on: aliasing (two names for one array or struct), growth during iteration, elements of all representations,
 * closures that share cells, fresh variables of each round, errors out of calls inside of nested `try` with `break` and
 * `return` out of them, polymorphic functions at several representations, values that pass through `any`.
 */
type Ty =
  | { readonly is: "i32" | "i64" | "u32" | "f64" | "bool" | "string" | "any" }
  | { readonly is: "array"; readonly of: Ty }
  | { readonly is: "struct"; readonly name: string }
  | { readonly is: "enum"; readonly name: string }
  | { readonly is: "result" }
  | { readonly is: "fn"; readonly from: Ty; readonly to: Ty };

const I32: Ty = { is: "i32" };
const BOOL: Ty = { is: "bool" };
const STRING: Ty = { is: "string" };
const SCALARS: readonly Ty[] = [I32, { is: "i64" }, { is: "u32" }, { is: "f64" }, BOOL, STRING, I32, I32];
const NUMBERS: ReadonlySet<string> = new Set(["i32", "i64", "u32", "f64"]);
const RESULT: Ty = { is: "result" };

const text = (t: Ty): string => {
  switch (t.is) {
    case "array":
      return `[${text(t.of)}]`;
    case "struct":
    case "enum":
      return t.name;
    case "result":
      return "Result[i32, string]";
    case "fn":
      return `fn(${text(t.from)}) -> ${text(t.to)}`;
    default:
      return t.is;
  }
};
const same = (a: Ty, b: Ty): boolean => text(a) === text(b);

interface Var {
  readonly name: string;
  readonly type: Ty;
  readonly mutable: boolean;
}
interface Struct {
  readonly name: string;
  readonly fields: readonly Var[];
}
interface Enum {
  readonly name: string;
  readonly variants: readonly { readonly name: string; readonly payload: readonly Ty[] }[];
}
interface Fn {
  readonly name: string;
  readonly params: readonly Ty[];
  readonly result: Ty;
}

const LITERALS: Readonly<Record<string, readonly string[]>> = {
  i32: ["1", "0", "2", "7", "-3", "2147483647", "10"],
  i64: ["1i64", "0i64", "5i64", "-9i64", "9223372036854775807i64"],
  u32: ["1u32", "0u32", "4294967295u32", "3u32"],
  f64: ["1.5", "0.0", "-2.25", "1e300"],
  bool: ["true", "false"],
  string: ['"a"', '""', '"xyz"', '"é"'],
};

export function generateObjects(entropy: readonly number[]): string {
  return new Generator(entropy).program();
}

class Generator {
  private at = 0;
  private fresh = 0;
  private readonly lines: string[] = [];
  private indent = 0;
  private left = 45;
  private loops = 0;
  private inside: Fn | null = null;
  private readonly structs: Struct[] = [];
  private readonly enums: Enum[] = [];
  private readonly fns: Fn[] = [];

  constructor(private readonly entropy: readonly number[]) {}

  private pick(n: number): number {
    const v = this.entropy[this.at++];
    return v === undefined ? 0 : Math.abs(Math.trunc(v)) % n;
  }
  private of<X>(list: readonly X[]): X {
    return list[this.pick(list.length)]!;
  }
  private emit(line: string): void {
    this.lines.push("    ".repeat(this.indent) + line);
  }
  private name(prefix: string): string {
    return `${prefix}${this.fresh++}`;
  }

  /** Some type; `depth` bounds nesting. */
  private type(depth: number): Ty {
    const kinds: (() => Ty)[] = [
      () => this.of(SCALARS),
      () => this.of(SCALARS),
      () => ({ is: "array", of: this.type(depth - 1) }),
      () => ({ is: "array", of: this.of(SCALARS) }),
      () => (this.structs.length > 0 ? { is: "struct", name: this.of(this.structs).name } : I32),
      () => (this.enums.length > 0 ? { is: "enum", name: this.of(this.enums).name } : STRING),
      () => RESULT,
      () => ({ is: "fn", from: this.of(SCALARS), to: this.of(SCALARS) }),
      () => ({ is: "any" }),
    ];
    return this.of(depth > 0 ? kinds : kinds.slice(0, 2))();
  }

  program(): string {
    this.emit("fn same(x): x");
    this.emit("fn first(xs): xs[0]");
    this.emit("fn apply(f, x): f(x)");
    this.emit("fn both(x, y): [x, y,]");
    for (let i = 1 + this.pick(2); i > 0; i--) this.struct();
    for (let i = 1 + this.pick(2); i > 0; i--) this.enumeration();
    const globals: Var[] = [];
    for (let i = this.pick(3); i > 0; i--) {
      const type = this.type(1);
      const name = this.name("g");
      this.emit(`mut ${name}: ${text(type)} = ${this.fixed(type)}`);
      globals.push({ name, type, mutable: true });
    }
    for (let i = 1 + this.pick(3); i > 0; i--) this.fn(globals);
    this.block([...globals], 4 + this.pick(8));
    for (const g of globals) this.show(g.name, g.type);
    return `${this.lines.join("\n")}\n`;
  }

  private struct(): void {
    const name = this.name("S");
    const fields = Array.from({ length: 1 + this.pick(4) }, (_, i): Var => {
      const type = this.type(1);
      return { name: `f${i}`, type, mutable: true };
    });
    this.emit(`struct ${name}:`);
    for (const f of fields)
      this.emit(`    ${f.name}: ${text(f.type)}${this.pick(3) === 2 ? ` = ${this.fixed(f.type)}` : ""}`);
    this.structs.push({ name, fields });
    this.emit(`impl ${name}:`);
    this.emit(`    fn touch(self) -> i32:`);
    const number = fields.find((f) => f.type.is === "i32");
    this.emit(number ? `        self.${number.name} += 1` : "        pass");
    this.emit(`        return ${number ? `self.${number.name}` : "5"}`);
  }
  private enumeration(): void {
    const name = this.name("E");
    const variants = Array.from({ length: 1 + this.pick(4) }, (_, i) => ({
      name: `V${i}`,
      payload: Array.from({ length: this.pick(3) }, () => this.type(1)),
    }));
    this.emit(`enum ${name}:`);
    for (const v of variants)
      this.emit(`    ${v.name}${v.payload.length > 0 ? `(${v.payload.map(text).join(", ")})` : ""}`);
    this.enums.push({ name, variants });
  }

  /** A value that is made of literals only. */
  private fixed(t: Ty): string {
    return this.make(t, [], 1);
  }

  private fn(globals: readonly Var[]): void {
    const params = [I32, ...Array.from({ length: this.pick(3) }, () => this.type(1))];
    const fn: Fn = { name: this.name("h"), params, result: this.type(1) };
    const vars = params.map((type): Var => ({ name: this.name("p"), type, mutable: false }));
    this.emit(`fn ${fn.name}(${vars.map((v) => `${v.name}: ${text(v.type)}`).join(", ")}) -> ${text(fn.result)}:`);
    this.indent++;
    const scope = [...globals, ...vars];
    this.emit(`if ${vars[0]!.name} <= 0: return ${this.expr(fn.result, scope, 1)}`);
    const loops = this.loops;
    this.loops = 0;
    this.inside = fn;
    this.block(scope, 1 + this.pick(5));
    this.inside = null;
    this.loops = loops;
    this.emit(`return ${this.expr(fn.result, scope, 2)}`);
    this.indent--;
    this.fns.push(fn);
  }

  private block(scope: Var[], statements: number): void {
    let any = false;
    for (let i = 0; i < statements && this.left > 0; i++) {
      this.left--;
      this.statement(scope);
      any = true;
    }
    if (!any) this.emit("pass");
  }
  private nest(scope: readonly Var[], n: number): void {
    this.indent++;
    this.block([...scope], n);
    this.indent--;
  }

  private show(e: string, t: Ty): void {
    if (t.is === "fn") return this.emit(`print(typeof(${e}))`);
    if (t.is === "any") return this.emit(`print(typeof(${e}), ${e})`);
    this.emit(this.pick(3) === 1 ? `print("@|", ${e})` : `print(${e})`);
  }

  private statement(scope: Var[]): void {
    switch (this.pick(this.indent < 5 ? 17 : 7)) {
      case 0: {
        const type = this.type(2);
        return this.show(this.expr(type, scope, 2), type);
      }
      case 1:
      case 2: {
        const type = this.type(2);
        const mutable = this.pick(2) === 1;
        const name = this.name("v");
        this.emit(`${mutable ? "mut " : ""}${name}: ${text(type)} = ${this.expr(type, scope, 2)}`);
        scope.push({ name, type, mutable });
        return;
      }
      case 3: {
        const v = scope.filter((x) => x.mutable);
        if (v.length === 0) return this.show(this.expr(I32, scope, 2), I32);
        return this.assign(this.of(v), scope);
      }
      case 4:
        return this.change(scope);
      case 5: {
        const places = this.places(scope);
        if (places.length === 0) return this.change(scope);
        return this.assign(this.of(places), scope);
      }
      case 6: {
        if (this.loops > 0 && this.pick(2) === 1)
          return this.emit(`if ${this.expr(BOOL, scope, 1)}: ${this.of(["break", "continue"])}`);
        if (this.inside && this.pick(2) === 1)
          return this.emit(`if ${this.expr(BOOL, scope, 1)}: return ${this.expr(this.inside.result, scope, 1)}`);
        return this.show(this.expr(STRING, scope, 2), STRING);
      }
      case 7:
      case 8: {
        this.emit("try:");
        this.nest(scope, 1 + this.pick(3));
        const e = this.name("e");
        this.emit(`catch ${e}:`);
        this.indent++;
        this.emit(this.pick(2) === 1 ? `print(typeof(${e}))` : `print(${e})`);
        this.block([...scope], this.pick(2));
        this.indent--;
        return;
      }
      case 9:
      case 10: {
        const array: Ty = { is: "array", of: this.type(1) };
        const x = this.name("x");
        this.emit(`for ${x} in ${this.expr(array, scope, 1)}:`);
        this.loops++;
        this.nest([...scope, { name: x, type: array.of, mutable: false }], 1 + this.pick(3));
        this.loops--;
        return;
      }
      case 11: {
        const i = this.name("i");
        this.emit(`for ${i} in 0..${2 + this.pick(6)}:`);
        this.loops++;
        this.nest([...scope, { name: i, type: I32, mutable: false }], 1 + this.pick(3));
        this.loops--;
        return;
      }
      case 12:
      case 13:
        return this.match(scope);
      case 14:
        return this.closure(scope);
      case 15: {
        this.emit(`if ${this.expr(BOOL, scope, 2)}:`);
        this.nest(scope, 1 + this.pick(2));
        if (this.pick(2) === 1) {
          this.emit("else:");
          this.nest(scope, 1 + this.pick(2));
        }
        return;
      }
      default: {
        const type = this.of(SCALARS);
        const [a, b] = [this.name("a"), this.name("a")];
        this.emit(`mut ${a} = ${this.expr(type, scope, 1)}`);
        this.emit(`mut ${b} = ${this.expr(type, scope, 1)}`);
        this.emit(`${a}, ${b} = [${b}, ${a},]`);
        scope.push({ name: a, type, mutable: true }, { name: b, type, mutable: true });
        return;
      }
    }
  }

  /** `=`, or `op=` where the type has operators. What could double in every round is kept short. */
  private assign({ name, type }: { readonly name: string; readonly type: Ty }, scope: readonly Var[]): void {
    if (this.pick(2) === 0) {
      const short = `if len(${name}) < 60: `;
      if (type.is === "string") return this.emit(`${short}${name} += ${this.expr(STRING, scope, 1)}`);
      if (type.is === "array") return this.emit(`${short}${name} *= ${this.pick(3)}`);
      if (NUMBERS.has(type.is))
        return this.emit(`${name} ${this.of(["+", "-", "*", "/", "%"])}= ${this.expr(type, scope, 1)}`);
    }
    this.emit(`${name} = ${this.expr(type, scope, 2)}`);
  }

  /** An array grows or shrinks, or a method is called. */
  private change(scope: readonly Var[]): void {
    const arrays = scope.filter((v) => v.type.is === "array");
    const structs = scope.filter((v) => v.type.is === "struct");
    if (structs.length > 0 && (arrays.length === 0 || this.pick(3) === 0))
      return this.emit(`print(${this.of(structs).name}.touch())`);
    if (arrays.length === 0) return this.show(this.expr(BOOL, scope, 2), BOOL);
    const a = this.of(arrays);
    const element = (a.type as { of: Ty }).of;
    if (this.pick(3) === 0) return this.show(`pop(${a.name})`, element);
    // Arrays that grow in a loop over themselves would never end: fuel stops them in every tier.
    this.emit(`if len(${a.name}) < 50: push(${a.name}, ${this.expr(element, scope, 1)})`);
  }

  /** Elements and fields of what is in scope. */
  private places(scope: readonly Var[]): { name: string; type: Ty }[] {
    return scope.flatMap((v): { name: string; type: Ty }[] => {
      if (v.type.is === "array") return [{ name: `${v.name}[${this.pick(4)}]`, type: v.type.of }];
      if (v.type.is !== "struct") return [];
      const { name } = v.type;
      const struct = this.structs.find((s) => s.name === name)!;
      return struct.fields.map((f) => ({ name: `${v.name}.${f.name}`, type: f.type }));
    });
  }

  private match(scope: Var[]): void {
    if (this.enums.length === 0) return this.change(scope);
    const e = this.of(this.enums);
    this.emit(`match ${this.expr({ is: "enum", name: e.name }, scope, 2)}:`);
    this.indent++;
    const all = this.pick(3) > 0;
    e.variants.forEach((v, i) => {
      if (!all && i > 0) return;
      const names = v.payload.map((type): Var => ({ name: this.name("m"), type, mutable: false }));
      this.emit(`${e.name}.${v.name}${names.length > 0 ? `(${names.map((n) => n.name).join(", ")})` : ""} ->`);
      this.nest([...scope, ...names], 1 + this.pick(2));
    });
    if (!all) {
      this.emit("_ ->");
      this.nest(scope, 1);
    }
    this.indent--;
  }

  /** Two closures that share a variable, and one more for each round of a loop. */
  private closure(scope: Var[]): void {
    const type = this.of(SCALARS);
    const [c, f, g] = [this.name("c"), this.name("k"), this.name("k")];
    this.emit(`mut ${c}: ${text(type)} = ${this.expr(type, scope, 1)}`);
    const inner = [...scope, { name: c, type, mutable: true }];
    this.emit(`${f} = fn(x: ${text(type)}) -> ${text(type)}:`);
    this.emit(`    ${c} = ${this.expr(type, [...inner, { name: "x", type, mutable: false }], 1)}`);
    this.emit(`    return ${c}`);
    this.emit(
      `${g} = fn(x: ${text(type)}) -> ${text(type)}: ${this.expr(type, [...inner, { name: "x", type, mutable: false }], 2)}`,
    );
    const k: Ty = { is: "fn", from: type, to: type };
    scope.push(
      { name: c, type, mutable: true },
      { name: f, type: k, mutable: false },
      { name: g, type: k, mutable: false },
    );
  }

  // Expressions.

  private expr(t: Ty, scope: readonly Var[], depth: number): string {
    const known = scope.filter((v) => same(v.type, t));
    if (known.length > 0 && this.pick(3) > 0) return this.of(known).name;
    if (depth <= 0) return known.length > 0 ? this.of(known).name : this.make(t, scope, 0);
    const d = depth - 1;
    const ways: (() => string)[] = [
      () => this.make(t, scope, d),
      () => `same(${this.expr(t, scope, d)})`,
      () => `first(both(${this.expr(t, scope, d)}, ${this.expr(t, scope, d)}))`,
      () => `(${this.expr(t, scope, d)} if ${this.expr(BOOL, scope, d)} else ${this.expr(t, scope, d)})`,
      () => `${this.operand({ is: "array", of: t }, scope, d)}[${this.pick(4)}]`,
    ];
    const calls = this.fns.filter((f) => same(f.result, t));
    if (calls.length > 0)
      ways.push(() => {
        const f = this.of(calls);
        const args = f.params.map((p, i) => (i === 0 ? `${this.pick(4)}` : this.expr(p, scope, d)));
        return `${f.name}(${args.join(", ")})`;
      });
    const values = scope.filter((v) => v.type.is === "fn" && same(v.type.to, t));
    if (values.length > 0)
      ways.push(() => {
        const f = this.of(values);
        const arg = this.expr((f.type as { from: Ty }).from, scope, d);
        return this.pick(2) === 1 ? `apply(${f.name}, ${arg})` : `${f.name}(${arg})`;
      });
    const fields = this.places(scope).filter((p) => same(p.type, t));
    if (fields.length > 0) ways.push(() => this.of(fields).name);
    if (t.is === "i32") ways.push(...this.integers(scope, d));
    if (t.is === "bool") ways.push(...this.conditions(scope, d));
    if (t.is === "string") ways.push(...this.strings(scope, d));
    if (t.is === "array") {
      ways.push(
        () => `${this.operand(t, scope, d)}[..]`,
        () => `${this.operand(t, scope, d)} * ${this.pick(3)}`,
      );
      if (SCALARS.some((s) => same(s, t.of))) ways.push(() => `sorted(${this.expr(t, scope, d)})`);
    }
    return this.of(ways)();
  }
  /** In parentheses where something follows. */
  private operand(t: Ty, scope: readonly Var[], depth: number): string {
    const e = this.expr(t, scope, depth);
    return /^\w+$/.test(e) ? e : `(${e})`;
  }

  private integers(scope: readonly Var[], d: number): (() => string)[] {
    return [
      () => `(${this.expr(I32, scope, d)} ${this.of(["+", "-", "*", "/", "%"])} ${this.expr(I32, scope, d)})`,
      () => `len(${this.expr({ is: "array", of: this.type(1) }, scope, d)})`,
      () => `int(${this.expr(STRING, scope, d)})`,
      () => {
        const f: Ty = { is: "fn", from: I32, to: I32 };
        return `${this.operand(f, scope, d)}(${this.expr(I32, scope, d)})`;
      },
      () => {
        const r = this.name("r");
        return `{ ${r} = ${this.expr(I32, scope, d)}; ${r} + 1 }`;
      },
    ];
  }
  private conditions(scope: readonly Var[], d: number): (() => string)[] {
    return [
      () => {
        const t = this.type(1);
        return `(${this.expr(t, scope, d)} ${this.of(["==", "!="])} ${this.expr(t, scope, d)})`;
      },
      () => `(${this.expr(I32, scope, d)} < ${this.expr(I32, scope, d)})`,
      () => `(${this.expr(BOOL, scope, d)} and ${this.expr(BOOL, scope, d)})`,
      () => `istype(${this.expr({ is: "any" }, scope, d)}, "${this.of(["i32", "string", "array", "f64"])}")`,
      () => {
        if (this.enums.length === 0) return "true";
        const e = this.of(this.enums);
        const v = this.of(e.variants);
        const wild = v.payload.length > 0 ? `(${v.payload.map(() => "_").join(", ")})` : "";
        return `(${this.expr({ is: "enum", name: e.name }, scope, d)} matches ${e.name}.${v.name}${wild})`;
      },
    ];
  }
  private strings(scope: readonly Var[], d: number): (() => string)[] {
    return [
      () => `(${this.expr(STRING, scope, d)} + ${this.expr(STRING, scope, d)})`,
      () => `typeof(${this.expr(this.type(1), scope, d)})`,
      () => `(${this.expr(I32, scope, d)} as string)`,
    ];
  }

  /** A value made here. */
  private make(t: Ty, scope: readonly Var[], depth: number): string {
    const d = depth - 1;
    const part = (p: Ty): string => (depth > 0 ? this.expr(p, scope, d) : this.make(p, [], 0));
    switch (t.is) {
      case "array": {
        if (depth <= 0) return `[${this.make(t.of, [], 0)},]`;
        const n = this.pick(5);
        return n === 4
          ? `[${part(t.of)}, ${this.pick(4)}]`
          : `[${Array.from({ length: 1 + n }, () => `${part(t.of)},`).join(" ")}]`;
      }
      case "struct": {
        const { name } = t;
        const struct = this.structs.find((s) => s.name === name)!;
        return `${name}{ ${struct.fields.map((f) => `${f.name}: ${part(f.type)}`).join(", ")} }`;
      }
      case "enum": {
        const { name } = t;
        const v = this.of(this.enums.find((e) => e.name === name)!.variants);
        return `${name}.${v.name}${v.payload.length > 0 ? `(${v.payload.map(part).join(", ")})` : ""}`;
      }
      case "result":
        return this.pick(2) === 1 ? `Result.Err(${part(STRING)})` : `Result.Ok(${part(I32)})`;
      case "fn": {
        const x = this.name("x");
        const inner = depth > 0 ? [...scope, { name: x, type: t.from, mutable: false }] : [];
        return `(fn(${x}: ${text(t.from)}) -> ${text(t.to)}: ${depth > 0 ? this.expr(t.to, inner, d) : this.make(t.to, [], 0)})`;
      }
      case "any":
        return `(${part(this.of(SCALARS))} as any)`;
      default:
        return this.of(LITERALS[t.is]!);
    }
  }
}
