/**
 * Layout (core 2, extensions 2.1): makes NEWLINE, INDENT and DEDENT from the indentation of lines, and pairs the brackets.
 *
 * Between brackets line ends mean nothing, with two exceptions: the suite of a function expression or `match` whose `:`
 * ends its line, and a block `{ … }` as a value. Inside of those, lines count again: each is an area of its own, with
 * widths and brackets of its own, which ends at the bracket around it; a suite also ends at the first line that is not
 * deeper than the line that its keyword stands on.
 *
 * A missing closer would swallow the rest of the file. Therefore brackets are paired here, where lines are still known:
 * a line that cannot go on the bracketed text ends it. The closers that are missing (E1003, E1004, E1020) are put in and
 * surplus ones (E1001) taken out, so the parser only sees pairs.
 *
 * Relied on by the parser: every line's tokens are followed by `newline` (the last one of a block in braces may not be);
 * `indent` and `dedent` come right after it and are balanced, also between any bracket and its closer; the last token is
 * `end`. Cost: one visit per token, two for lines inside brackets.
 */
import type { Sink } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/file.js";
import { span } from "../source/span.js";
import { BLOCK, Braces, opensBlock } from "./braces.js";
import { endsValue, type Kind, startsPlainValue, type Token } from "./tokens.js";

const CLOSER = { "(": ")", "[": "]", "{": "}" } as const;
type Opener = keyof typeof CLOSER;
const UNCLOSED = { "(": "E1003", "[": "E1020", "{": "E1004" } as const;

interface Bracket {
  readonly opener: Opener;
  readonly token: Token;
  /** A `{` at the end of its line may be a block in the spelling of another language: its lines are statements. */
  readonly endsLine: boolean;
  /** Directly inside, a `fn (` or `match` was read and its `:` not yet: the indentation of its line; otherwise -1. */
  suiteFrom: number;
}

/** A part of the file where lines count: the file itself, a suite inside brackets, a block in braces. */
interface Area {
  readonly kind: "file" | "suite" | "block";
  /** The number of open brackets when it began: with more of them open, line ends mean nothing. */
  readonly floor: number;
  /** Indentation of the open blocks. That of a suite starts with the line it belongs to; that of a block is empty at first. */
  readonly widths: number[];
  /** The word of the header in reading, if nothing in it can open a suite inside brackets. */
  plainHeader: Kind | null;
}

/** Adds the layout to the tokens of the lexer. */
export function layout(raw: readonly Token[], file: SourceFile, sink: Sink): Token[] {
  return new Layout(raw, file, sink).run();
}

class Layout {
  private readonly out: Token[] = [];
  private readonly brackets: Bracket[] = [];
  /** How many of each sort are open. */
  private readonly open = { "(": 0, "[": 0, "{": 0 };
  private readonly areas: Area[] = [{ kind: "file", floor: 0, widths: [0], plainHeader: null }];
  private area: Area = this.areas[0]!;
  private previous: Token | null = null;
  /** Indentation of the current line, and of the line of a suite that starts with the next one (otherwise -1). */
  private lineIndent = 0;
  private opening = -1;
  private readonly braces: Braces;

  constructor(
    private readonly raw: readonly Token[],
    private readonly file: SourceFile,
    private readonly sink: Sink,
  ) {
    this.braces = new Braces(raw);
  }

  run(): Token[] {
    const { raw, out, brackets } = this;
    for (let i = 0; i < raw.length; i++) {
      const token = raw[i]!;
      if (token.kind === "end") {
        this.finish(token);
        break;
      }
      if (token.indent >= 0) {
        this.startLine(token, i);
        this.lineIndent = token.indent;
      }
      const { kind } = token;
      if (token.indent < 0 && (kind === "fn" || kind === "match" || kind === "{")) this.area.plainHeader = null;
      const innermost = brackets.length > this.area.floor ? brackets[brackets.length - 1]! : null;
      if (innermost !== null) this.watchSuite(innermost, i);
      switch (kind) {
        case "(":
        case "[":
        case "{": {
          const next = raw[i + 1]!;
          const isBlock = kind === "{" && this.braces.opensBlock(i);
          this.open[kind]++;
          brackets.push({ opener: kind, token, endsLine: next.indent >= 0 || next.kind === "end", suiteFrom: -1 });
          out.push(isBlock ? { ...token, value: BLOCK } : token);
          if (isBlock) this.enter({ kind: "block", floor: brackets.length, widths: [], plainHeader: null });
          break;
        }
        case ")":
        case "]":
        case "}":
          this.close(token, kind);
          break;
        default:
          out.push(token);
          // The closers of this line are inside the unfinished text.
          if (kind === "error" && token.value === "unfinished") this.closeAll(token.end, this.area.floor);
      }
      this.previous = token;
    }
    return out;
  }

  private at(token: Token) {
    return span(this.file.index, token.start, token.end);
  }
  private make(kind: Kind, offset: number): void {
    this.out.push({ kind, start: offset, end: offset, value: null, indent: -1 });
  }
  private get previousEnd(): number {
    return this.previous?.end ?? 0;
  }

  /** Notes where a suite begins inside a bracket: at a `fn (` or `match`, and with its `:` at the end of a line. */
  private watchSuite(innermost: Bracket, i: number): void {
    const { kind } = this.raw[i]!;
    const next = this.raw[i + 1]!;
    if (kind === "match" || (kind === "fn" && next.kind === "(")) {
      if (this.previous?.kind !== ".") innermost.suiteFrom = this.lineIndent;
    } else if (kind === ",") innermost.suiteFrom = -1;
    else if (kind === ":") {
      if (next.indent >= 0 && innermost.suiteFrom >= 0) this.opening = innermost.suiteFrom;
      innermost.suiteFrom = -1;
    }
  }

  /** At the first token of a line. */
  private startLine(token: Token, i: number): void {
    const { brackets } = this;
    if (this.opening >= 0) {
      this.enter({ kind: "suite", floor: brackets.length, widths: [this.opening], plainHeader: null });
      this.opening = -1;
      if (token.indent <= this.area.widths[0]!) {
        // Nothing is in the suite; the `newline` tells the parser.
        this.leave(token.start);
        return;
      }
    }
    for (;;) {
      const { area } = this;
      const base = area.widths[area.widths.length - 1] ?? -1;
      if (brackets.length > area.floor) {
        const innermost = brackets[brackets.length - 1]!;
        if (this.previous !== null && token.indent <= base && breaksOut(this.raw, i, this.previous, innermost)) {
          this.reportUnclosed(innermost, token);
          this.closeAll(this.previousEnd, area.floor);
          continue;
        }
        if (
          area.plainHeader !== null &&
          this.previous?.kind === ":" &&
          token.indent > base &&
          !(area.plainHeader === "fn" && awaitsType(this.raw, i))
        ) {
          // The `:` at the end of a header is that of its block, not part of the brackets: they end before it.
          this.reportUnclosed(innermost, this.previous);
          const colon = this.out.pop()!;
          this.closeAll(colon.start, area.floor);
          this.out.push(colon);
          continue;
        }
        return;
      }
      const isCloser = token.kind === ")" || token.kind === "]" || token.kind === "}";
      if (area.kind !== "file" && isCloser) return;
      if (area.kind === "suite" && (token.indent <= area.widths[0]! || token.kind === ",")) {
        this.leave(token.start);
        continue;
      }
      area.plainHeader = HEADERS.has(token.kind) ? token.kind : null;
      if (area.widths.length === 0) {
        if (!opensBlock(this.out[this.out.length - 1]!)) this.make("newline", this.previousEnd);
        // The suite of a header on the line of the brace.
        const opens = (this.previous?.kind === ":" || this.previous?.kind === "->") && token.indent > this.lineIndent;
        area.widths.push(...(opens ? [this.lineIndent, token.indent] : [token.indent]));
        if (opens) this.make("indent", token.start);
        return;
      }
      if (this.previous !== null) this.make("newline", this.previousEnd);
      if (token.indent > base) {
        area.widths.push(token.indent);
        this.make("indent", token.start);
      } else if (token.indent < base) this.dedent(token);
      return;
    }
  }

  /** Closes blocks down to the width of the line that starts with `token`. */
  private dedent(token: Token): void {
    const { widths } = this.area;
    while (widths.length > 1 && widths[widths.length - 2]! >= token.indent) {
      widths.pop();
      this.make("dedent", token.start);
    }
    if (widths[widths.length - 1] === token.indent) return;
    // No open block has this width: the line is taken for one of the innermost block that is still deeper.
    const open = widths.slice(0, -1).filter((w) => w < token.indent);
    const fits = [...new Set([...open, widths[widths.length - 1]!])];
    this.sink.report({
      code: "E1008",
      span: this.at(token),
      label: "no open block has this indentation",
      help: [
        `indent this line by ${fits.length > 1 ? `${fits.slice(0, -1).join(", ")} or ${fits[fits.length - 1]}` : fits[0]} blanks`,
      ],
    });
    widths[widths.length - 1] = token.indent;
  }

  private enter(area: Area): void {
    this.areas.push(area);
    this.area = area;
  }

  /** Ends the innermost area, a suite or a block; `offset` is where its blocks end. */
  private leave(offset: number): void {
    const { widths } = this.area;
    if (!opensBlock(this.out[this.out.length - 1]!)) this.make("newline", this.previousEnd);
    for (let depth = widths.length; depth > 1; depth--) this.make("dedent", offset);
    this.areas.pop();
    this.area = this.areas[this.areas.length - 1]!;
  }

  /** Takes the innermost bracket away, after ending what is inside. */
  private pop(offset: number): Bracket {
    while (this.area.kind !== "file" && this.area.floor >= this.brackets.length) this.leave(offset);
    const bracket = this.brackets.pop()!;
    this.open[bracket.opener]--;
    return bracket;
  }

  /** Puts in the missing closers of all open brackets from `depth` on. */
  private closeAll(offset: number, depth: number): void {
    while (this.brackets.length > depth) this.make(CLOSER[this.pop(offset).opener], offset);
  }

  private reportUnclosed(bracket: Bracket, gaveUp: Token | null): void {
    const { opener, token } = bracket;
    this.sink.report({
      code: UNCLOSED[opener],
      span: this.at(token),
      label: `this \`${opener}\` is never closed`,
      labels:
        gaveUp === null ? [] : [{ span: this.at(gaveUp), text: `\`${CLOSER[opener]}\` should stand before this` }],
      help: [`add \`${CLOSER[opener]}\``],
    });
  }

  private close(token: Token, kind: ")" | "]" | "}"): void {
    const { brackets, out } = this;
    const innermost = brackets[brackets.length - 1];
    const opener = kind === ")" ? "(" : kind === "]" ? "[" : "{";
    if (innermost === undefined) {
      this.sink.report({
        code: "E1001",
        span: this.at(token),
        label: `this \`${kind}\` has no matching \`${opener}\``,
        help: [`remove this \`${kind}\``],
      });
      return;
    }
    if (innermost.opener !== opener) {
      const wanted = CLOSER[innermost.opener];
      this.sink.report({
        code: UNCLOSED[innermost.opener],
        span: this.at(token),
        label: `\`${wanted}\` is expected here, not \`${kind}\``,
        labels: [{ span: this.at(innermost.token), text: `to close this \`${innermost.opener}\`` }],
        help: [`add \`${wanted}\` before it`],
      });
      // With no such bracket further out it was meant to close the innermost one.
      if (this.open[opener] === 0) {
        this.pop(token.start);
        out.push({ ...token, kind: wanted });
        return;
      }
      while (brackets[brackets.length - 1]!.opener !== opener) this.closeAll(token.start, brackets.length - 1);
    }
    this.pop(token.start);
    out.push(token);
  }

  private finish(token: Token): void {
    const { brackets } = this;
    if (brackets.length > 0) this.reportUnclosed(brackets[brackets.length - 1]!, null);
    this.closeAll(this.previousEnd, 0);
    if (this.previous !== null) this.make("newline", this.previousEnd);
    for (let depth = this.area.widths.length; depth > 1; depth--) this.make("dedent", token.start);
    this.out.push(token);
  }
}

/** Statements that start with these words cannot stand inside an expression. */
const STATEMENT_WORDS: ReadonlySet<Kind> = new Set<Kind>([
  "print",
  "while",
  "return",
  "struct",
  "enum",
  "impl",
  "use",
  "pub",
  "mut",
  "break",
  "continue",
  "pass",
  "elif",
  "catch",
]);
const HEADERS: ReadonlySet<Kind> = new Set<Kind>(["if", "elif", "while", "for", "fn"]);
const ASSIGNMENTS: ReadonlySet<Kind> = new Set<Kind>(["=", ":=", "+=", "-=", "*=", "/=", "%="]);

/**
 * Whether the line that starts with token `i`, no deeper than the statement around it, cannot belong to the brackets
 * that are open before it. Lines that may belong to them are left to the parser.
 */
function breaksOut(raw: readonly Token[], i: number, previous: Token, innermost: Bracket): boolean {
  const token = raw[i]!;
  const next = raw[i + 1]!;
  if (innermost.opener === "{" && innermost.endsLine) return false;
  if (STATEMENT_WORDS.has(token.kind)) return true;
  if (token.kind === "fn" && next.kind === "name") return true;
  if (
    token.kind === "if" ||
    token.kind === "for" ||
    token.kind === "match" ||
    token.kind === "try" ||
    token.kind === "else"
  ) {
    return headerOfBlock(raw, i);
  }
  if (token.kind === "name" && ASSIGNMENTS.has(next.kind)) return previous.kind !== "(" && previous.kind !== ",";
  if (!startsPlainValue(token.kind) || !endsValue(previous.kind)) return false;
  // In a struct literal a line end separates the fields.
  return !(innermost.opener === "{" && token.kind === "name" && next.kind === ":");
}

/** Whether the `:` before token `i` is that of a parameter, whose type may stand on the next line. */
function awaitsType(raw: readonly Token[], i: number): boolean {
  const before = raw[i - 3]?.kind;
  return raw[i - 2]?.kind === "name" && (before === "(" || before === ",");
}

/** Whether the last token of the line that starts with token `i` is a `:`. */
function headerOfBlock(raw: readonly Token[], i: number): boolean {
  let last = i;
  while (raw[last + 1]!.kind !== "end" && raw[last + 1]!.indent < 0) last++;
  return raw[last]!.kind === ":";
}
