/**
 * The parser's position in the tokens, its error reports, and how it finds its feet after one.
 *
 * Two kinds of reports. `report` is for mistakes that leave no doubt what was meant: reading goes on. `fail` is for the
 * others: from then on nothing more is reported until the statement loop has skipped to a place where a statement can
 * start (`skipLine`, diagnostics.md 4), so one mistake never causes a second message. While `failed` is set the parse
 * functions return what they have without consuming more; each of them must come back, none may loop.
 */
import type { Diagnostic, Sink } from "../diagnostics/diagnostic.js";
import type { Code } from "../diagnostics/table.js";
import type { SourceFile } from "../source/file.js";
import { type Span, span } from "../source/span.js";
import type { ErrorExpr, Name } from "./ast.js";
import { describe, type Kind, type Token } from "./tokens.js";

/** More is E1009, so that no phase runs out of native stack. */
export const MAX_EXPRESSION_DEPTH = 1000;
export const MAX_BLOCK_DEPTH = 200;

type Rest = Partial<Omit<Diagnostic, "code" | "span" | "label">>;

export class Cursor {
  readonly text: string;
  private index = 0;
  private takenEnd = 0;
  /** A mistake was reported that this statement has not recovered from. */
  failed = false;
  /** One construct that is not supported is named per statement: the rest of it is often made of the same. */
  private unsupportedNamed = false;
  /**
   * Height of the tree of the expression last read: 0 for a literal or name. The left operand of an operator adds nothing:
   * `a + b + c` leans to the left without end, and later phases go along it with a loop.
   */
  height = 0;
  /** The largest height of all that was read for the statement in hand. */
  private tallest = 0;
  /** Nested expressions and blocks around the current token. */
  expressions = 0;
  blocks = 0;
  /** Brackets around the current token, and around the statements of the block in reading. */
  depth = 0;
  base = 0;
  /** Suites on the line of their header around the current token: they end with the line. */
  inline = 0;
  /** The statement in reading is the whole body of a function expression on its line: it ends before a `,`. */
  single = false;
  /** Calls whose arguments are in reading: there are no fills in them (types-and-modules.md 7.2). */
  calls = 0;
  /** Reserved words that the program has used as names: reported there, so not again where they are read. */
  readonly misnamed = new Set<string>();
  /** Names with a binding occurrence, found on first need. */
  private bound: Set<string> | null = null;
  /** For each opener the position of its closer, found on first need. */
  private closers: Int32Array | null = null;

  constructor(
    readonly tokens: readonly Token[],
    readonly file: SourceFile,
    private readonly sink: Sink,
  ) {
    this.text = file.text;
  }

  get token(): Token {
    return this.tokens[this.index]!;
  }
  get kind(): Kind {
    return this.tokens[this.index]!.kind;
  }
  /** Offset just after the last token taken. */
  get lastEnd(): number {
    return this.takenEnd;
  }
  get last(): Token | undefined {
    return this.tokens[this.index - 1];
  }
  get position(): number {
    return this.index;
  }
  peek(distance: number): Token {
    return this.tokens[Math.min(this.index + distance, this.tokens.length - 1)]!;
  }
  at(kind: Kind): boolean {
    return this.tokens[this.index]!.kind === kind;
  }
  atLineEnd(): boolean {
    const kind = this.kind;
    return kind === "newline" || kind === "end" || kind === "dedent" || kind === "indent";
  }
  next(): Token {
    const token = this.token;
    if (token.kind === "end") return token;
    this.index++;
    const { kind } = token;
    if (kind === "(" || kind === "[" || kind === "{") this.depth++;
    else if (kind === ")" || kind === "]" || kind === "}") this.depth--;
    // Indents and dedents stand at the next line's first token: nothing ends there.
    if (kind !== "indent" && kind !== "dedent") this.takenEnd = token.end;
    return token;
  }
  /** Whether an indented suite was just read: what it belongs to ends there, whatever starts the next line. */
  get ended(): boolean {
    return this.tokens[this.index - 1]?.kind === "dedent";
  }
  accept(kind: Kind): Token | null {
    return this.at(kind) ? this.next() : null;
  }
  textOf(token: Token): string {
    return this.text.slice(token.start, token.end);
  }
  describe(token: Token = this.token): string {
    return describe(token, this.text);
  }

  span(start: number, end: number): Span {
    return span(this.file.index, start, end);
  }
  spanOf(token: Token): Span {
    return span(this.file.index, token.start, token.end);
  }
  /** From `start` to the last token taken. */
  spanFrom(start: number): Span {
    return span(this.file.index, start, Math.max(start, this.lastEnd));
  }
  /** Where something is missing: the token found instead; at the end of a line just after its last token. */
  here(): Span {
    const { token } = this;
    return this.atLineEnd() ? span(this.file.index, this.lastEnd, this.lastEnd) : this.spanOf(token);
  }

  /** Reports a mistake that reading goes on after. */
  report(code: Code, where: Span, label: string, rest: Rest = {}): void {
    if (!this.failed) this.sink.report({ ...rest, code, span: where, label });
  }

  /** Reports a mistake and stops reading the statement. Next to what lexer or layout have reported it says nothing. */
  fail(code: Code, where: Span, label: string, rest: Rest = {}): void {
    const { token } = this;
    // A bracket without width was put in for a missing one, which was reported as well.
    const known =
      token.kind === "error" || this.last?.kind === "error" || (token.start === token.end && !this.atLineEnd());
    if (!known) this.report(code, where, label, rest);
    this.failed = true;
  }

  /** Between brackets, where `what` or the closer should stand: if the closer is missing, that was reported. */
  failInside(label: string, rest: Rest = {}): void {
    if (this.inUnclosed()) this.failed = true;
    this.fail("E1001", this.here(), `${label} is expected here, found ${this.describe()}`, rest);
  }

  /**
   * Names a construct of the extensions, which has no node yet; once per statement. `code`: where the base language alone says
   * how it is refused.
   */
  unsupported(where: Span, what: string, code: Code = "E1099"): void {
    if (!this.unsupportedNamed) this.report(code, where, `${what} not supported yet`);
    this.unsupportedNamed = true;
  }

  /** To be called where a statement starts. */
  startStatement(): void {
    this.failed = false;
    this.unsupportedNamed = false;
  }

  /**
   * Reads statements that are part of an expression; what is known about the statement around it is kept. Their height is
   * that of the tallest expression in them.
   */
  nested<T>(read: () => T): T {
    const { inline, single, unsupportedNamed, tallest } = this;
    this.inline = 0;
    this.single = false;
    this.tallest = 0;
    const result = read();
    this.height = this.tallest;
    this.tallest = Math.max(tallest, this.height);
    this.inline = inline;
    this.single = single;
    this.unsupportedNamed ||= unsupportedNamed;
    return result;
  }

  /** E1027; the word is remembered, so that its later uses are not mistakes of their own. */
  reportReserved(token: Token): void {
    const word = this.textOf(token);
    this.misnamed.add(word);
    this.report("E1027", this.spanOf(token), `\`${word}\` is a reserved word`, {
      help: [`use another name, such as \`${word}_\``],
    });
  }

  error(start: number): ErrorExpr {
    return { kind: "error", span: this.spanFrom(start) };
  }

  /** The token as a name. */
  name(token: Token): Name {
    return { text: this.textOf(token), span: this.spanOf(token) };
  }

  /** Counts one more nested expression; at the limit reports E1009, fails, and counts nothing. */
  enterExpression(): boolean {
    // The outermost expression nests in nothing.
    if (this.expressions > MAX_EXPRESSION_DEPTH) {
      this.tooDeep(this.token);
      return false;
    }
    this.expressions++;
    return true;
  }

  /** Notes that a node was made over parts of this height. */
  built(parts: number, at: Token): void {
    this.height = parts + 1;
    this.tallest = Math.max(this.tallest, this.height);
    if (this.height > MAX_EXPRESSION_DEPTH && !this.failed) this.tooDeep(at);
  }

  private tooDeep(at: Token): void {
    this.fail("E1009", this.spanOf(at), `more than ${MAX_EXPRESSION_DEPTH} nested expressions`, {
      help: ["give a part of it a name first"],
    });
  }

  /** Whether the file binds `word` somewhere (extensions.md 1, C2): then it is a name and no contextual keyword. */
  binds(word: string): boolean {
    if (this.bound === null) {
      this.bound = new Set();
      const { tokens } = this;
      for (let i = 0; i + 1 < tokens.length; i++) {
        const token = tokens[i]!;
        if (token.kind !== "name") continue;
        const before = tokens[i - 1]?.kind;
        const after = tokens[i + 1]!.kind;
        const declared =
          after === "=" ||
          after === ":=" ||
          (after === ":" && tokens[i + 2]!.kind === "name") ||
          before === "mut" ||
          before === "fn" ||
          before === "for" ||
          before === "struct" ||
          before === "enum" ||
          // A parameter without a type.
          (after === "," && (before === "(" || before === ",")) ||
          (before === "(" && after === ")" && this.inHeader(i));
        if (declared) this.bound.add(this.textOf(token));
      }
    }
    return this.bound.has(word);
  }

  /** Whether `fn NAME (` stands before token `i`. */
  private inHeader(i: number): boolean {
    const { tokens } = this;
    return tokens[i - 2]?.kind === "fn" || tokens[i - 3]?.kind === "fn";
  }

  /** Skips to the closer of the bracket that was opened before; the closer is not taken. Brackets come in pairs. */
  skipToCloser(): void {
    let depth = 0;
    for (; this.kind !== "end"; this.next()) {
      const kind = this.kind;
      if (kind === "(" || kind === "[" || kind === "{") depth++;
      else if ((kind === ")" || kind === "]" || kind === "}") && depth-- === 0) return;
    }
  }

  /** Whether the brackets around the current token lack their closer; then what is odd inside was said with it. */
  inUnclosed(): boolean {
    let depth = 0;
    for (let i = this.index; i < this.tokens.length; i++) {
      const { kind, start, end } = this.tokens[i]!;
      if (kind === "(" || kind === "[" || kind === "{") depth++;
      else if ((kind === ")" || kind === "]" || kind === "}") && depth-- === 0) return start === end;
    }
    return false;
  }

  /** Skips a whole bracket, the current token being its opener. */
  skipBrackets(): void {
    this.next();
    this.skipToCloser();
    this.next();
  }

  /** The position of the closer of the opener at position `i`. Brackets come in pairs. */
  closerOf(i: number): number {
    if (this.closers === null) {
      const { tokens } = this;
      this.closers = new Int32Array(tokens.length).fill(tokens.length - 1);
      const open: number[] = [];
      for (let at = 0; at < tokens.length; at++) {
        const { kind } = tokens[at]!;
        if (kind === "(" || kind === "[" || kind === "{") open.push(at);
        else if (kind === ")" || kind === "]" || kind === "}") this.closers[open.pop()!] = at;
      }
    }
    return this.closers[i]!;
  }

  /** Skips to one of `kinds` outside of all brackets but the `floor` first ones, at most to the end of the line or bracket. */
  skipTo(floor: number, ...kinds: Kind[]): void {
    for (; this.kind !== "end"; this.next()) {
      if (this.depth > floor) continue;
      if (this.atLineEnd() || kinds.includes(this.kind) || this.atCloser()) return;
    }
  }

  atCloser(): boolean {
    return this.at(")") || this.at("]") || this.at("}");
  }

  /**
   * Skips what is left of a statement that was given up: the rest of its line and all deeper lines after it. The line end
   * itself is not taken; a block in braces may end before one.
   */
  skipStatement(): void {
    for (; this.kind !== "end"; this.next()) {
      if (this.depth > this.base) continue;
      if (this.atCloser()) return;
      if (this.atLineEnd()) break;
    }
    if (this.at("newline") && this.peek(1).kind === "indent") {
      this.next();
      let depth = 0;
      do {
        const kind = this.next().kind;
        if (kind === "indent") depth++;
        else if (kind === "dedent") depth--;
      } while (depth > 0 && !this.at("end"));
    }
  }
}
