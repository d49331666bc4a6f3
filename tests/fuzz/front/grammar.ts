/**
 * Text made from the grammar of the whole language, without regard to names and types: the parser accepts most of it,
 * the checker little. Names come from a short list, so that declarations and uses meet by chance.
 *
 * A statement is a list of lines, its blocks indented below it. Everything ends: `fuel` counts down with each
 * construct, and an empty tank picks the simplest form.
 */
import type { Random } from "./random.js";

const VARIABLES = ["a", "b", "c", "n", "x", "total", "LIMIT", "_", "self", "xs"];
const FUNCTIONS = ["f", "g", "make", "typeof", "len", "range", "sorted", "input", "push"];
const TYPES = ["i32", "i64", "u32", "u64", "f64", "bool", "string", "str", "any", "void", "Point", "Shape", "T"];
const MEMBERS = ["x", "y", "len", "push", "area", "Circle", "Empty", "next", "0"];
const NUMBERS = ["0", "1", "2", "7", "100", "2147483647", "2147483648", "4294967295u32", "9223372036854775807", "1i64"];
const LITERALS = [
  ...NUMBERS,
  ...["1.5", "0.0", "1e300", "2u", "0x1F", "0b101", "0o17", "1_000", "true", "false", "18446744073709551615u64"],
  ...['""', '"text"', '"é\\n"', '"{} {x}"', '$"{a} and {b:.2f}"', '$"{{}}"'],
];
const BINARY = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "matches", "and", "or"];
const LATER = ["&", "|", "^", "<<", ">>", "**", "in", "not in", "??", "|>"];
const COMPOUND = ["=", "+=", "-=", "*=", "/=", "%=", ":="];
const INDENTS = ["    ", "  ", "\t", " ", "      "];

class Writer {
  fuel: number;
  constructor(
    private readonly random: Random,
    size: number,
  ) {
    this.fuel = size;
  }

  private spend(): boolean {
    return --this.fuel > 0;
  }
  private name(): string {
    return this.random.pick(this.random.oneIn(6) ? FUNCTIONS : VARIABLES);
  }
  private list(one: () => string, least = 0, between = ", "): string {
    return Array.from({ length: least + this.random.below(3) }, one).join(between);
  }

  type(): string {
    const { random } = this;
    if (!this.spend() || !random.oneIn(4)) return random.pick(TYPES);
    switch (random.below(6)) {
      case 0:
        return `[${this.type()}]`;
      case 1:
        return `[${this.type()}, ${random.pick(NUMBERS)}]`;
      case 2:
        return `fn(${this.list(() => this.type())})${random.oneIn(2) ? "" : ` -> ${this.type()}`}`;
      case 3:
        return `{${this.type()}: ${this.type()}}`;
      case 4:
        return `(${this.list(() => this.type(), 1)})`;
      default:
        return `${random.pick(["Point", "Option", "m.Pair"])}[${this.list(() => this.type(), 1)}]`;
    }
  }

  expression(): string {
    const { random } = this;
    if (!this.spend()) return random.pick(random.oneIn(2) ? VARIABLES : LITERALS);
    const e = (): string => this.expression();
    switch (random.below(24)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return random.pick(LITERALS);
      case 4:
      case 5:
      case 6:
        return this.name();
      case 7:
      case 8:
      case 9:
      case 10:
        return `${e()} ${random.pick(BINARY)} ${e()}`;
      case 11:
        return `${random.pick(["-", "not ", "- ", "--", "not not "])}${e()}`;
      case 12:
        return `(${e()})`;
      case 13:
        return `${e()} as ${random.oneIn(5) ? this.type() : random.pick(TYPES)}`;
      case 14:
        return `${e()} if ${e()} else ${e()}`;
      case 15:
      case 16:
        return `${random.pick(FUNCTIONS)}(${this.list(e)})`;
      case 17:
        return `${e()}.${random.pick(MEMBERS)}${random.oneIn(2) ? `(${this.list(e)})` : ""}`;
      case 18:
        return `[${this.list(e)}${random.oneIn(6) ? "," : ""}]`;
      case 19:
        return random.oneIn(2) ? `${this.name()}[${e()}]` : `${this.name()}[${e()}..${e()}]`;
      case 20:
        return `Point{ ${this.list(() => `${random.pick(MEMBERS)}: ${e()}`)} }`;
      case 21:
        return `fn(${this.params()})${random.oneIn(3) ? ` -> ${this.type()}` : ""}: ${e()}`;
      case 22:
        return `${e()} ${random.pick(LATER)} ${e()}`;
      default:
        return random.pick([
          `{${e()}: ${e()}}`,
          `{${e()}, ${e()}}`,
          `(${e()}, ${e()})`,
          `[${e()} for ${this.name()} in ${e()} if ${e()}]`,
          `${e()}..${e()}`,
          `${e()}..=${e()}`,
          `try ${e()}`,
          `{ ${e()} }`,
        ]);
    }
  }

  private params(): string {
    return this.list(() => `${this.name()}${this.random.oneIn(3) ? "" : `: ${this.type()}`}`);
  }

  /** `HEADER:` with its block, on one line or below. */
  private suite(header: string): string[] {
    const { random } = this;
    if (random.oneIn(7)) return [`${header}: ${this.list(() => this.simple(), 1, "; ")}`];
    if (random.oneIn(40)) return [`${header}:`];
    return [`${header}:`, ...this.indented(this.statements(1 + random.below(3)))];
  }
  private indented(lines: readonly string[]): string[] {
    const indent = this.random.oneIn(5) ? this.random.pick(INDENTS) : "    ";
    return lines.map((line) => indent + line);
  }
  statements(count: number): string[] {
    const lines: string[] = [];
    for (let i = 0; i < count; i++) lines.push(...this.statement());
    return lines;
  }

  /** A statement without a block. */
  private simple(): string {
    const { random } = this;
    const e = (): string => this.expression();
    switch (random.below(18)) {
      case 0:
      case 1:
      case 2:
        return `${this.name()} = ${e()}`;
      case 3:
      case 4:
        return `mut ${this.name()} = ${e()}`;
      case 5:
        return `${random.oneIn(3) ? "mut " : ""}${this.name()}: ${this.type()} = ${e()}`;
      case 6:
      case 7:
        return `${this.name()} ${random.pick(COMPOUND)} ${e()}`;
      case 8:
        return `${this.name()}${random.pick(["[0]", ".x", `[${e()}]`])} ${random.pick(COMPOUND)} ${e()}`;
      case 9:
      case 10:
        return `print(${this.list(e)})`;
      case 11:
        return e();
      case 12:
        return `return${random.oneIn(4) ? "" : ` ${e()}`}`;
      case 13:
        return random.pick(["break", "continue", "pass", "break 'out", "continue 'out", `${e()} if ${e()}`]);
      case 14:
        return `${this.name()}, ${this.name()} = ${e()}`;
      case 15:
        return `${this.name()} = ${this.name()} = ${e()}`;
      case 16:
        return `LIMIT: ${this.type()} := ${e()}`;
      default:
        return random.pick([
          `throw ${e()}`,
          `yield ${e()}`,
          `use m.n`,
          `use m: f, g as h`,
          `pub x = ${e()}`,
          `mut a, b = ${e()}`,
          `defer ${e()}`,
          `type T = ${this.type()}`,
        ]);
    }
  }

  /** Any statement. */
  statement(): string[] {
    const { random } = this;
    const e = (): string => this.expression();
    if (!this.spend() || !random.oneIn(3)) return [this.simple()];
    const pub = random.oneIn(8) ? "pub " : "";
    switch (random.below(12)) {
      case 0:
      case 1:
      case 2: {
        const lines = this.suite(`if ${e()}`);
        while (random.oneIn(3)) lines.push(...this.suite(`elif ${e()}`));
        if (random.oneIn(2)) lines.push(...this.suite("else"));
        return lines;
      }
      case 3:
        return this.suite(`${random.oneIn(6) ? "'out: " : ""}while ${e()}`);
      case 4:
        return this.suite(
          `${random.oneIn(6) ? "'out: " : ""}for ${this.name()} in ${e()}..${random.oneIn(3) ? "=" : ""}${e()}${random.oneIn(3) ? `..${e()}` : ""}`,
        );
      case 5:
        return this.suite(`for ${this.list(() => this.name(), 1)} in ${e()}`);
      case 6:
      case 7:
        return this.suite(
          `${pub}fn ${random.pick(FUNCTIONS)}${random.oneIn(8) ? "[T]" : ""}(${this.params()})${random.oneIn(2) ? "" : ` -> ${this.type()}`}`,
        );
      case 8: {
        const lines = this.suite("try");
        if (!random.oneIn(6)) lines.push(...this.suite(random.pick(["catch e", "catch", "catch e as Error"])));
        if (random.oneIn(5)) lines.push(...this.suite("finally"));
        return lines;
      }
      case 9: {
        const arms = Array.from({ length: 1 + random.below(4) }, () => this.arm()).flat();
        return [`${random.oneIn(4) ? "x = " : ""}match ${e()}:`, ...this.indented(arms)];
      }
      case 10:
        return this.declaration(pub);
      default:
        return [`/* ${e()} */ ${this.simple()} // ${e()}`];
    }
  }

  private arm(): string[] {
    const { random } = this;
    const pattern = random.pick([
      "_",
      random.pick(LITERALS),
      "Shape.Circle(r)",
      "Shape.Box(w, _)",
      "Shape.Empty",
      "Some(v)",
      "(a, b)",
      "Point{ x, .. }",
      "0..=9 | 20",
      "k @ 1..5",
    ]);
    const guard = random.oneIn(6) ? ` when ${this.expression()}` : "";
    if (random.oneIn(2)) return [`${pattern}${guard} -> ${this.simple()}`];
    return [`${pattern}${guard} ->`, ...this.indented(this.statements(1 + random.below(2)))];
  }

  private declaration(pub: string): string[] {
    const { random } = this;
    const fields = (): string[] =>
      Array.from({ length: 1 + random.below(3) }, () => {
        const value = random.oneIn(4) ? ` = ${this.expression()}` : "";
        return `${random.pick(MEMBERS)}: ${this.type()}${value}`;
      });
    const method = (): string[] => this.suite(`fn ${random.pick(MEMBERS)}(${random.oneIn(3) ? "" : "self"})`);
    switch (random.below(7)) {
      case 0:
        return [`${pub}struct Point${random.oneIn(4) ? "[T]" : ""}:`, ...this.indented(fields())];
      case 1:
        return [
          `${pub}enum Shape:`,
          ...this.indented(["Circle(r: i32)", `Box(${this.list(() => this.type(), 1)})`, "Empty"]),
        ];
      case 2:
        return [`impl ${random.pick(["Point", "Shape", "Show for Point"])}:`, ...this.indented(method())];
      case 3:
        return ["trait Show:", ...this.indented(["fn area(self) -> f64", ...method()])];
      case 4:
        return [
          'extern "env":',
          ...this.indented([`fn ${random.pick(FUNCTIONS)}(${this.params()}) -> ${this.type()}`]),
        ];
      case 5:
        return ['test "it works":', ...this.indented([`assert(${this.expression()})`])];
      default:
        return ["module inner:", ...this.indented(this.statements(1 + random.below(2)))];
    }
  }
}

/** A text of the grammar, mostly between 100 and 2000 characters. */
export function grammatical(random: Random): string {
  const writer = new Writer(random, 20 + random.below(150));
  const lines = writer.statements(2 + random.below(10));
  return `${lines.join(random.oneIn(50) ? "\r\n" : "\n")}${random.oneIn(10) ? "" : "\n"}`;
}
