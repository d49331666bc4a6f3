/**
 * The lines of source that a diagnostic talks about, with their marks (diagnostics.md 2):
 *
 *   2 | label = "large"
 *     |         ------- `label` is a `string` because of this value
 *   3 | size: i32 = label
 *     |       ---   ^^^^^ this is a `string`
 *     |       |
 *     |       `i32` is asked for here
 *
 * On each line the text of the rightmost mark stands beside it, those of the others hang below, from right to left.
 */
import type { SourceFile } from "../source/file.js";
import type { Span } from "../source/span.js";
import { type Paint, type ShownLine, showLine, sliceColumns } from "./paint.js";

export interface Mark {
  readonly span: Span;
  readonly text: string;
  readonly primary: boolean;
}

/** Columns of source shown; longer lines are cut around the primary mark. */
const MAX_COLUMNS = 120;
/** Lines without a mark between two with one that are still shown. */
const MAX_GAP = 2;

/** A mark on one line, in columns of the shown line. */
interface Placed {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly primary: boolean;
}

/** The excerpt of one file; `gutter` is the width of the line numbers. */
export function excerpt(
  file: SourceFile,
  marks: readonly Mark[],
  gutter: number,
  paint: Paint,
  main: (text: string) => string,
): string[] {
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) {
    const line = file.line(mark.span.start);
    const list = byLine.get(line);
    if (list === undefined) byLine.set(line, [mark]);
    else list.push(mark);
  }
  const bar = paint.secondary("|");
  const blank = " ".repeat(gutter);
  const out: string[] = [];
  const source = (line: number, text: string): void => {
    out.push(`${paint.secondary(String(line).padStart(gutter))} ${bar} ${text}`.trimEnd());
  };
  let last = 0;
  for (const line of [...byLine.keys()].sort((a, b) => a - b)) {
    if (last > 0 && line - last - 1 > MAX_GAP) out.push(paint.secondary("..."));
    else
      for (let between = last + 1; last > 0 && between < line; between++)
        source(between, cut(showLine(file.lineText(between)), 0, 1).text);
    last = line;
    const shown = showLine(file.lineText(line));
    const placed = byLine.get(line)!.map((mark) => place(file, line, shown, mark));
    const focus = placed.find((p) => p.primary) ?? placed[0]!;
    const { text, shift, from, to } = cut(shown, focus.from, focus.to);
    source(line, text);
    const visible = placed.map((p) => ({
      ...p,
      from: clamp(p.from, from, to) + shift,
      to: Math.max(clamp(p.to, from, to), clamp(p.from, from, to) + 1) + shift,
    }));
    for (const row of markRows(visible, paint, main)) out.push(`${blank} ${bar} ${row}`.trimEnd());
  }
  return out;
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

function place(file: SourceFile, line: number, shown: ShownLine, mark: Mark): Placed {
  const start = file.lineStart(line);
  const length = shown.columns.length - 1;
  const from = shown.columns[clamp(mark.span.start - start, 0, length)]!;
  const lastLine = file.line(Math.max(mark.span.start, mark.span.end - 1));
  if (lastLine > line) {
    const more = `... to line ${lastLine}`;
    return {
      from,
      to: Math.max(from + 1, shown.columns[length]!),
      text: mark.text === "" ? more : `${mark.text} ${more}`,
      primary: mark.primary,
    };
  }
  const to = shown.columns[clamp(mark.span.end - start, 0, length)]!;
  return { from, to: Math.max(to, from + 1), text: mark.text, primary: mark.primary };
}

/** A long line is cut so that the columns from `from` to `to` stay; `shift` is what to add to a column that is kept. */
function cut(shown: ShownLine, from: number, to: number): { text: string; shift: number; from: number; to: number } {
  const width = shown.columns[shown.columns.length - 1]!;
  if (width <= MAX_COLUMNS) return { text: shown.text, shift: 0, from: 0, to: width };
  // The mark is put into the middle; a very long one keeps its beginning.
  const wanted = Math.min(to - from, MAX_COLUMNS - 20);
  let first = clamp(Math.round(from + wanted / 2 - MAX_COLUMNS / 2), 0, width - MAX_COLUMNS);
  if (first <= 1) first = 0;
  const lastShown = Math.min(width, first + MAX_COLUMNS);
  const left = first > 0 ? "…" : "";
  const right = lastShown < width ? "…" : "";
  return {
    text: left + sliceColumns(shown.text, first, lastShown) + right,
    shift: left.length - first,
    from: first,
    to: lastShown,
  };
}

/** The line of an offset without blanks around it; a long one is cut around the offset. For texts that have no marks. */
export function lineAround(file: SourceFile, offset: number): string {
  const line = file.line(offset);
  const [start, end] = [file.lineStart(line), file.lineEnd(line)];
  if (end - start <= MAX_COLUMNS) return file.lineText(line).trim();
  const half = MAX_COLUMNS / 2;
  const first = clamp(offset - half, start, end - MAX_COLUMNS);
  const last = first + MAX_COLUMNS;
  // A character of two units that is cut through would become U+FFFD.
  const kept = file.text.slice(first, last).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
  return `${first > start ? "…" : ""}${kept.trim()}${last < end ? "…" : ""}`;
}

/** The rows under a line of source. */
function markRows(marks: readonly Placed[], paint: Paint, main: (text: string) => string): string[] {
  const colour = (mark: Placed): ((text: string) => string) => (mark.primary ? main : paint.secondary);
  const width = Math.max(...marks.map((m) => m.to));
  // The primary mark is drawn last: it wins where marks lie on each other.
  const cells: (Placed | null)[] = new Array<Placed | null>(width).fill(null);
  for (const mark of [...marks].sort((a, b) => Number(a.primary) - Number(b.primary)))
    cells.fill(mark, mark.from, mark.to);
  let row = "";
  for (let i = 0; i < width; ) {
    const mark = cells[i]!;
    let end = i + 1;
    while (end < width && cells[end] === mark) end++;
    row += mark === null ? " ".repeat(end - i) : colour(mark)((mark.primary ? "^" : "-").repeat(end - i));
    i = end;
  }
  // One text per place: the same words are never shown twice.
  const texts = marks.filter(
    (m, i) => m.text !== "" && marks.findIndex((o) => o.text === m.text && o.from === m.from) === i,
  );
  const hanging = [...texts].sort((a, b) => a.from - b.from || Number(a.primary) - Number(b.primary));
  const beside = hanging[hanging.length - 1];
  const rows: string[] = [];
  if (beside !== undefined && beside.to >= width) {
    hanging.pop();
    rows.push(`${row} ${colour(beside)(beside.text)}`);
  } else rows.push(row);
  if (hanging.length === 0) return rows;
  const connectors = (list: readonly Placed[]): string => {
    let text = "";
    let at = 0;
    for (const mark of list) {
      if (mark.from < at) continue;
      text += " ".repeat(mark.from - at) + colour(mark)("|");
      at = mark.from + 1;
    }
    return text;
  };
  rows.push(connectors(hanging));
  for (let mark = hanging.pop(); mark !== undefined; mark = hanging.pop()) {
    const before = connectors(hanging.filter((m) => m.from < mark!.from));
    const used = hanging.reduce((n, m) => (m.from < mark!.from ? m.from + 1 : n), 0);
    rows.push(before + " ".repeat(mark.from - used) + colour(mark)(mark.text));
  }
  return rows;
}
