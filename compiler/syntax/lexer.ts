/**
 * Characters to tokens (core 1, 3, 4): one pass, every character is looked at a bounded number of times.
 *
 * `lex` gives the tokens with their layout (indent.ts adds it). What is wrong in a token is reported here (E1021 to
 * E1025, E1034, spellings of other languages) and becomes a token that stands for a value, so that the parser goes on.
 */
import type { Diagnostic, Sink } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/file.js";
import { span } from "../source/span.js";
import { layout } from "./indent.js";
import { scanNumber } from "./numbers.js";
import { type Kind, keywords, PUNCTUATION, type Punctuation, type Token } from "./tokens.js";

/** The tokens of a file, with layout, ended by one `end`. Empty (only `end`) when the file is no text. */
export function lex(file: SourceFile, sink: Sink): Token[] {
  if (file.encodingError !== null) {
    reportEncoding(file, sink);
    return [{ kind: "end", start: 0, end: 0, value: null, indent: -1 }];
  }
  return layout(new Lexer(file, sink).run(), file, sink);
}

/** Says what is wrong with the bytes (E1034). */
function reportEncoding(file: SourceFile, sink: Sink): void {
  const { at, byte, byteOffset } = file.encodingError!;
  const zero = byte === 0;
  sink.report({
    code: "E1034",
    span: span(file.index, at, at + 1),
    label: zero ? "a zero byte cannot stand in source text" : `the byte 0x${byte.toString(16)} is not valid UTF-8`,
    explanation: `It is at byte offset ${byteOffset}, in line ${file.line(at)}.`,
    help: [zero ? "remove it; in a text write `\\0`" : "save the file as UTF-8"],
  });
}

export const isDigit = (c: number): boolean => c >= 48 && c <= 57;
export const isWordStart = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
export const isWord = (c: number): boolean => isWordStart(c) || isDigit(c);

/** Whether no token starts with this character (`#` and `$"` are looked at before). */
const isUnknown = (c: number): boolean =>
  c > 126 || c === 36 || c === 92 || c === 96 || (c < 32 && c !== 9 && c !== 10 && c !== 13);

/** Operators by their first character, longest first. */
const byFirst: ReadonlyMap<number, readonly Punctuation[]> = (() => {
  const map = new Map<number, Punctuation[]>();
  for (const p of PUNCTUATION) {
    const first = p.charCodeAt(0);
    const list = map.get(first);
    if (list === undefined) map.set(first, [p]);
    else list.push(p);
  }
  return map;
})();

/** Operators of other languages that have one exact counterpart: reported, then read as that. */
const FOREIGN: Partial<Record<Punctuation, Kind>> = { "&&": "and", "||": "or", "===": "==", "!==": "!=" };

/** Characters that word processors put in place of ASCII ones. */
const LOOKALIKES: ReadonlyMap<number, string> = new Map([
  [0x201c, '"'],
  [0x201d, '"'],
  [0x201e, '"'],
  [0xab, '"'],
  [0xbb, '"'],
  [0x2018, '"'],
  [0x2019, '"'],
  [0x2013, "-"],
  [0x2014, "-"],
  [0x2212, "-"],
  [0xd7, "*"],
  [0xf7, "/"],
  [0x2264, "<="],
  [0x2265, ">="],
  [0x2260, "!="],
  [0x2192, "->"],
  [0xa0, "a blank"],
  [0x3000, "a blank"],
  [0x200b, "nothing"],
  [0xfeff, "nothing"],
]);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ['"', '"'],
  ["\\", "\\"],
  ["0", "\0"],
]);

class Lexer {
  readonly text: string;
  private readonly tokens: Token[] = [];
  private at = 0;
  /** Indentation of the current line until its first token took it; then -1. */
  private indent = 0;
  /** End of the line that had an unfinished text: one more quote on the line after it is its other end. */
  private unfinishedLineEnd = -1;

  /** The line end last looked for: a long line is searched once. */
  private knownLineEnd = -1;

  constructor(
    private readonly file: SourceFile,
    private readonly sink: Sink,
  ) {
    this.text = file.text;
  }

  run(): Token[] {
    const { text } = this;
    const n = text.length;
    this.startLine();
    while (this.at < n) {
      const c = text.charCodeAt(this.at);
      if (c === 32 || c === 9 || c === 13) this.at++;
      else if (c === 10) {
        this.at++;
        this.startLine();
      } else if (isWordStart(c)) this.word();
      else if (isDigit(c)) this.number();
      else if (c === 34) this.string();
      else if (c === 47 && text.charCodeAt(this.at + 1) === 47) this.skipLine();
      else if (c === 47 && text.charCodeAt(this.at + 1) === 42) this.blockComment();
      else if (c === 39) this.quote();
      else if (c === 46 && isDigit(text.charCodeAt(this.at + 1)) && !this.touchesValue()) this.number();
      else this.punctuation(c);
    }
    this.push("end", n, n);
    return this.tokens;
  }

  /** Measures the indentation: a blank counts 1, a tab 4. */
  private startLine(): void {
    let width = 0;
    for (; ; this.at++) {
      const c = this.text.charCodeAt(this.at);
      if (c === 32) width++;
      else if (c === 9) width += 4;
      else if (c !== 13) break;
    }
    this.indent = width;
  }

  private push(kind: Kind, start: number, end: number, value: Token["value"] = null): void {
    this.tokens.push({ kind, start, end, value, indent: this.indent });
    this.indent = -1;
    this.at = end;
  }

  private report(
    code: Diagnostic["code"],
    start: number,
    end: number,
    label: string,
    rest: Partial<Diagnostic> = {},
  ): void {
    this.sink.report({ ...rest, code, span: span(this.file.index, start, end), label });
  }

  /** Offset of the end of the current line: its LF, or the end of the text. */
  private lineEnd(): number {
    if (this.at > this.knownLineEnd) {
      const end = this.text.indexOf("\n", this.at);
      this.knownLineEnd = end < 0 ? this.text.length : end;
    }
    return this.knownLineEnd;
  }

  private skipLine(): void {
    this.at = this.lineEnd();
  }

  /** Whether the previous token is a value and stands directly before: then `.5` is a member, not a number. */
  private touchesValue(): boolean {
    const last = this.tokens[this.tokens.length - 1];
    return (
      last !== undefined && last.end === this.at && (last.kind === "name" || last.kind === ")" || last.kind === "]")
    );
  }

  private blockComment(): void {
    const end = this.text.indexOf("*/", this.at + 2);
    if (end < 0) {
      this.report("E1024", this.at, this.at + 2, "this comment is never closed", {
        help: ["close it with `*/`, or use `//` for a single line"],
      });
      this.at = this.text.length;
    } else this.at = end + 2;
  }

  private word(): void {
    const { text } = this;
    const start = this.at;
    let end = start + 1;
    let foreign = -1;
    for (; ; end++) {
      const c = text.charCodeAt(end);
      if (isWord(c)) continue;
      // Letters of other alphabets are no part of a name, but they are read as one: one mistake, one message.
      if (!(c > 127 && !LOOKALIKES.has(c))) break;
      if (foreign < 0) foreign = end;
    }
    if (foreign >= 0) this.reportUnknown(foreign);
    const name = text.slice(start, end);
    this.push(keywords.get(name) ?? "name", start, end);
  }

  private number(): void {
    const start = this.at;
    const read = scanNumber(this.text, start);
    if (read.problem === null) {
      this.push(read.kind, start, read.end, read.value);
      return;
    }
    if (read.problem.kind === "suffix" && this.startsDeclaration(read.end)) {
      const word = this.text.slice(start, read.end);
      const better = `${word.replace(/^[0-9_]+/, "")}${/^[0-9]*/.exec(word)![0]}`;
      this.report("E1013", start, read.end, "a name cannot start with a digit", {
        help: isWordStart(better.charCodeAt(0)) ? [`write for example \`${better}\``] : [],
      });
      this.push("name", start, read.end);
      return;
    }
    this.report("E1025", start, read.end, read.problem.label, { help: read.problem.help });
    this.push("error", start, read.end);
  }

  /** A statement begins here and goes on with `=` or another assignment after `end`. */
  private startsDeclaration(end: number): boolean {
    const last = this.tokens[this.tokens.length - 1];
    if (this.indent < 0 && last?.kind !== ";" && last?.kind !== "mut" && last?.kind !== "pub") return false;
    return /^[ \t]*(=(?!=)|:|[-+*/%]=)/.test(this.text.slice(end, Math.min(end + 80, this.lineEnd())));
  }

  private string(): void {
    const { text } = this;
    const start = this.at;
    let value = "";
    // Start of the run of plain characters that is not in `value` yet.
    let plain = start + 1;
    for (let i = start + 1; ; i++) {
      const c = text.charCodeAt(i);
      if (c === 34) {
        this.push("string", start, i + 1, value + text.slice(plain, i));
        return;
      }
      if (i >= text.length || c === 10) {
        this.unfinished(start, 1);
        return;
      }
      if (c !== 92) continue;
      const escaped = text.charCodeAt(i + 1);
      if (i + 1 >= text.length || escaped === 10 || (escaped === 13 && text.charCodeAt(i + 2) === 10)) continue;
      value += text.slice(plain, i);
      const meaning = ESCAPES.get(text[i + 1]!);
      if (meaning !== undefined) {
        value += meaning;
        plain = i + 2;
        i++;
        continue;
      }
      const width = escaped >= 0xd800 && escaped < 0xdc00 ? 3 : 2;
      this.report("E1022", i, i + width, `\`${text.slice(i, i + width)}\` is not an escape`, {
        help: ['the escapes are `\\n` `\\t` `\\r` `\\0` `\\"` and `\\\\`; a backslash itself is `\\\\`'],
      });
      plain = i + width;
      i += width - 1;
    }
  }

  /** A text without its closing quote: the rest of the line belongs to it. `opener` is the width of the opening mark. */
  private unfinished(start: number, opener: number): void {
    const end = this.lineEnd();
    const isOtherEnd =
      this.unfinishedLineEnd >= 0 &&
      this.text.indexOf("\n", this.unfinishedLineEnd + 1) === this.text.indexOf("\n", start);
    if (isOtherEnd) this.unfinishedLineEnd = -1;
    else {
      this.report("E1021", start, start + opener, "this text has no closing quote on its line", {
        help: ['add `"` at its end; a line break inside a text is written `\\n`'],
      });
      this.unfinishedLineEnd = end;
    }
    this.push("error", start, end, "unfinished");
  }

  /** `$"...{expression}..."`: not read yet, but its end is found. */
  private interpolated(): void {
    const { text } = this;
    const start = this.at;
    let depth = 0;
    for (let i = start + 2; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10) break;
      if (c === 92 && depth === 0) i++;
      else if (c === 123) {
        if (depth === 0 && text.charCodeAt(i + 1) === 123) i++;
        else depth++;
      } else if (c === 125 && depth > 0) depth--;
      else if (c === 34 && depth > 0) {
        // A text inside an expression.
        for (i++; i < text.length && text.charCodeAt(i) !== 34 && text.charCodeAt(i) !== 10; i++)
          if (text.charCodeAt(i) === 92) i++;
        if (text.charCodeAt(i) === 10) break;
      } else if (c === 34) {
        this.report("E1099", start, i + 1, "text with expressions inside is not supported yet");
        this.push("error", start, i + 1);
        return;
      }
    }
    this.unfinished(start, 2);
  }

  /** `'label`, or a text in single quotes, which Orus does not have. */
  private quote(): void {
    const { text } = this;
    const start = this.at;
    let end = start + 1;
    while (isWord(text.charCodeAt(end))) end++;
    const named = end > start + 1 && !isDigit(text.charCodeAt(start + 1));
    const last = this.tokens[this.tokens.length - 1]?.kind;
    const jump = last === "break" || last === "continue";
    if (named && text.charCodeAt(end) !== 39 && (jump || /^[ \t]*:/.test(text.slice(end, end + 80)))) {
      this.push("label", start, end, text.slice(start + 1, end));
      return;
    }
    const lineEnd = this.lineEnd();
    const close = text.slice(end, lineEnd).indexOf("'");
    if (close >= 0) {
      const stop = end + close + 1;
      const inner = text.slice(start + 1, stop - 1);
      this.report("E1033", start, stop, "texts are written in double quotes", {
        help: [`write \`"${inner.replace(/"/g, '\\"')}"\``],
        fixes: [
          {
            title: "use double quotes",
            edits: [{ span: span(this.file.index, start, stop), text: `"${inner.replace(/"/g, '\\"')}"` }],
          },
        ],
      });
      this.push("error", start, stop);
      return;
    }
    if (named) this.push("label", start, end, text.slice(start + 1, end));
    else {
      this.report("E1023", start, start + 1, "`'` starts a loop label, but no name follows");
      this.push("error", start, start + 1);
    }
  }

  private punctuation(c: number): void {
    const { text } = this;
    const start = this.at;
    for (const p of byFirst.get(c) ?? []) {
      if (!text.startsWith(p, start)) continue;
      const meant = FOREIGN[p];
      if (meant !== undefined) {
        this.report("E1033", start, start + p.length, `this is written \`${meant}\` in Orus`, {
          help: [`write \`${meant}\``],
          fixes: [
            {
              title: `write \`${meant}\``,
              edits: [{ span: span(this.file.index, start, start + p.length), text: meant }],
            },
          ],
        });
      }
      this.push(meant ?? p, start, start + p.length);
      return;
    }
    if (c === 36 && text.charCodeAt(start + 1) === 34) this.interpolated();
    else this.unknown();
  }

  /** Characters that start no token; neighbouring ones are one error. */
  private unknown(): void {
    const { text } = this;
    const start = this.at;
    const c = text.charCodeAt(start);
    if (c === 35) {
      // Most likely a comment of another language: nothing in it is worth a message of its own.
      this.report("E1023", start, start + 1, "`#` has no meaning here", { help: ["a comment starts with `//`"] });
      this.push("error", start, this.lineEnd());
      return;
    }
    let end = this.reportUnknown(start);
    // “text”: the other quote belongs to the same mistake.
    const closing = c === 0x201c || c === 0x201e ? "”" : c === 0x2018 ? "’" : c === 0xab ? "»" : "";
    if (closing !== "") {
      const close = text.slice(start, Math.min(start + 200, this.lineEnd())).indexOf(closing, 1);
      if (close > 0) end = start + close + 1;
    }
    this.push("error", start, end);
    if (c === 92 && /^[ \t\r]*\n/.test(text.slice(end, end + 80))) {
      // A `\` at the end of a line wants to join lines: the next line is no line of its own, whatever its depth.
      this.at = this.lineEnd() + 1;
      this.startLine();
      this.indent = -1;
    }
  }

  /** Reports the run of unknown characters from `start` (E1023); returns its end. */
  private reportUnknown(start: number): number {
    const { text } = this;
    let end = start;
    while (end < text.length && isUnknown(text.charCodeAt(end))) end++;
    if (end === start) end++;
    const first = text.codePointAt(start)!;
    const meant = LOOKALIKES.get(first);
    const shown =
      first < 32 || first === 127 || meant === "nothing" || meant === "a blank"
        ? `U+${first.toString(16).toUpperCase().padStart(4, "0")}`
        : String.fromCodePoint(first);
    const help =
      meant !== undefined
        ? [meant === "nothing" ? "remove it" : `write ${meant === "a blank" ? meant : `\`${meant}\``}`]
        : first === 92
          ? ["a line is continued inside brackets"]
          : first > 127
            ? [
                "names are made of `A` to `Z`, `a` to `z`, digits and `_`; other letters may stand in texts and comments",
              ]
            : [];
    this.report("E1023", start, end, `the character \`${shown}\` has no meaning here`, { help });
    return end;
  }
}
