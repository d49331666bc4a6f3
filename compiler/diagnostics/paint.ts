/**
 * Colour and width of characters on a terminal. The renderer never decides whether there is colour: it is given a set
 * of functions, and `PLAIN` changes nothing. Colour carries no meaning alone: the text is the same.
 */

/** One function per role; each returns the text with its colour around it. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  /** Secondary marks and line numbers. */
  readonly secondary: (text: string) => string;
  readonly help: (text: string) => string;
  readonly note: (text: string) => string;
  readonly title: (text: string) => string;
}

const same = (text: string): string => text;
export const PLAIN: Paint = { error: same, warning: same, secondary: same, help: same, note: same, title: same };

/** How many columns a character takes: 0 for marks that join the one before, 2 for wide letters and pictures. */
export function widthOf(code: number): number {
  if (code < 0x300) return 1;
  if (
    code <= 0x36f ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x20d0 && code <= 0x20ff) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  )
    return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

/** Columns of a whole text. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character.codePointAt(0)!);
  return width;
}

/** A source line as shown, and for each UTF-16 offset in it (its end included) the column where it begins. */
export interface ShownLine {
  readonly text: string;
  readonly columns: readonly number[];
}

const TAB = "    ";

/** Tabs become four blanks, control characters `\xNN`, so that marks below stand where they should. */
export function showLine(line: string): ShownLine {
  const columns: number[] = [];
  let text = "";
  let column = 0;
  for (let i = 0; i < line.length; ) {
    const code = line.codePointAt(i)!;
    const size = code > 0xffff ? 2 : 1;
    const control = code < 32 || (code >= 127 && code < 160);
    const shown = code === 9 ? TAB : control ? `\\x${code.toString(16).padStart(2, "0")}` : line.slice(i, i + size);
    for (let k = 0; k < size; k++) columns.push(column);
    text += shown;
    column += shown.length > size || control ? shown.length : widthOf(code);
    i += size;
  }
  columns.push(column);
  return { text, columns };
}

/** The part of a shown text between two columns. */
export function sliceColumns(text: string, from: number, to: number): string {
  let column = 0;
  let out = "";
  for (const character of text) {
    const width = widthOf(character.codePointAt(0)!);
    if (column >= from && column + width <= to) out += character;
    column += width;
  }
  return out;
}

/** Breaks a text at blanks into lines of at most `width` columns; longer words stand alone. Line ends are kept. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && textWidth(line) + 1 + textWidth(word) > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
