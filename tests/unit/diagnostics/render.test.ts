/** The layouts of diagnostics, character for character. */
import { describe, expect, test } from "@jest/globals";
import { lineAround } from "../../../compiler/diagnostics/excerpt.js";
import { type Diagnostic, renderAll, renderOne, renderRuntime, summary } from "../../../compiler/diagnostics/index.js";
import { SourceFile } from "../../../compiler/source/file.js";
import { type Span, span } from "../../../compiler/source/span.js";

const source = (text: string, path = "src/main.orus", index = 0): SourceFile => new SourceFile(index, path, text);
/** The span of the `nth` occurrence of `word`. */
const of = (file: SourceFile, word: string, nth = 1): Span => {
  let at = -1;
  for (let i = 0; i < nth; i++) at = file.text.indexOf(word, at + 1);
  return span(file.index, at, at + word.length);
};

const typed = source('\nlabel = "large"\nsize: i32 = label\n');
const mismatch: Diagnostic = {
  code: "E2001",
  span: of(typed, "label", 2),
  label: "this is a `string`",
  labels: [
    { span: of(typed, '"large"'), text: "`label` is a `string` because of this value" },
    { span: of(typed, "i32"), text: "`i32` is asked for here" },
  ],
  explanation: "A variable declared `i32` can only hold an `i32`.",
  help: ["to read a number from text, write `int(label)`"],
  notes: ["Orus never converts between types on its own."],
  fixes: [{ title: "write `int(label)`", edits: [{ span: of(typed, "label", 2), text: "int(label)" }] }],
};

describe("pretty", () => {
  test("shows marks of several lines, hanging texts and all kinds of advice", () => {
    expect(renderOne(mismatch, [typed])).toBe(
      [
        "-- TYPE MISMATCH [E2001]: This value has the wrong type ----- src/main.orus:3:13",
        "",
        '2 | label = "large"',
        "  |         ------- `label` is a `string` because of this value",
        "3 | size: i32 = label",
        "  |       ---   ^^^^^ this is a `string`",
        "  |       |",
        "  |       `i32` is asked for here",
        "  |",
        "  = A variable declared `i32` can only hold an `i32`.",
        "  = help: to read a number from text, write `int(label)`",
        "  = note: Orus never converts between types on its own.",
        "",
        "",
      ].join("\n"),
    );
  });

  const excerptOf = (file: SourceFile, d: Omit<Diagnostic, "code">): string[] =>
    renderOne({ ...d, code: "E1001" }, [file])
      .split("\n")
      .slice(2, -2);

  test("shortens lines between marks when more than two are skipped", () => {
    const two = source("a\nb\nc\nd\n");
    const far = source("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
    const marks = (f: SourceFile, last: string) => ({
      span: of(f, "a"),
      label: "here",
      labels: [{ span: of(f, last), text: "" }],
    });
    expect(excerptOf(two, marks(two, "d"))).toEqual(["1 | a", "  | ^ here", "2 | b", "3 | c", "4 | d", "  | -"]);
    expect(excerptOf(far, marks(far, "j"))).toEqual([" 1 | a", "   | ^ here", "...", "10 | j", "   | -"]);
  });
  test("keeps carets under their text with tabs, control and wide characters", () => {
    const f = source("\tx\u0001日本 = §\n");
    expect(excerptOf(f, { span: of(f, "§"), label: "unknown" })).toEqual([
      "1 |     x\\x01日本 = §",
      "  |                 ^ unknown",
    ]);
  });
  test("marks the first line of a long span and says where it ends", () => {
    const f = source("f(a,\n  b\n)\n");
    expect(excerptOf(f, { span: span(0, 1, f.text.length - 1), label: "these" })).toEqual([
      "1 | f(a,",
      "  |  ^^^ these ... to line 3",
    ]);
  });
  test("shows a place without width, at the end of the file too", () => {
    const f = source("x =");
    expect(excerptOf(f, { span: span(0, 3, 3), label: "a value" })).toEqual(["1 | x =", "  |    ^ a value"]);
  });
  test("cuts long lines around the primary mark", () => {
    const f = source(`${"a".repeat(200)}!${"b".repeat(200)}`);
    const [line, marks] = excerptOf(f, { span: of(f, "!"), label: "here" });
    expect(line!.length).toBe(4 + 120 + 2);
    expect([line!.at(4), line!.at(-1)]).toEqual(["…", "…"]);
    expect(marks!.indexOf("^")).toBe(line!.indexOf("!"));
  });
  test("wraps long advice at 80 columns under its start and says nothing twice", () => {
    const f = source("x");
    const text = renderOne(
      { code: "E1001", span: of(f, "x"), label: "twice", explanation: "twice", help: ["word ".repeat(20).trim()] },
      [f],
    );
    expect(text.match(/twice/g)).toHaveLength(1);
    const lines = text.split("\n").filter((l) => l.includes("word"));
    expect(lines.map((l) => l.indexOf("word"))).toEqual([10, 10]);
    expect(Math.max(...lines.map((l) => l.length))).toBeLessThanOrEqual(80);
  });
  test("shows marks in other files under their name", () => {
    const files = [source("use m\n"), source("pub x = 1\n", "m.orus", 1)];
    const text = renderOne(
      { code: "E3004", span: of(files[0]!, "m"), label: "here", labels: [{ span: of(files[1]!, "x"), text: "there" }] },
      files,
    );
    expect(text).toContain("in m.orus:1:5:\n1 | pub x = 1\n  |     - there\n");
  });
  test("is the same text with colour", () => {
    const mark = (text: string): string => `\u001b[31m${text}\u001b[39m`;
    const paint = { error: mark, warning: mark, secondary: mark, help: mark, note: mark, title: mark };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what colour is made of
    expect(renderOne(mismatch, [typed], "pretty", paint).replace(/\u001b\[\d+m/g, "")).toBe(
      renderOne(mismatch, [typed]),
    );
  });
});

describe("all of a run", () => {
  const f = source("a b c\n");
  const list: Diagnostic[] = ["c", "a", "b"].map((w) => ({ code: "E1010", span: of(f, w), label: `unknown ${w}` }));
  test("is sorted, cut at the limit and summed up", () => {
    const text = renderAll(list, [f], { maxErrors: 2 });
    expect(text.match(/unknown ./g)).toEqual(["unknown a", "unknown b"]);
    expect(text.endsWith("1 more not shown (`--max-errors=0` shows all)\n3 errors\n")).toBe(true);
    expect(renderAll(list, [f], { maxErrors: 0 }).match(/unknown ./g)).toHaveLength(3);
    expect(renderAll([], [f])).toBe("");
  });
  test("has one line each in the short layout", () => {
    expect(renderAll(list, [f], { format: "short" })).toBe(
      "src/main.orus:1:1: error[E1010]: unknown a\nsrc/main.orus:1:3: error[E1010]: unknown b\nsrc/main.orus:1:5: error[E1010]: unknown c\n",
    );
  });
  test("counts in words", () => {
    const warning: Diagnostic = { code: "W0001", span: of(f, "a"), label: "never used" };
    expect(summary([...list.slice(1), warning])).toBe("2 errors, 1 warning");
    expect(summary([warning, warning])).toBe("2 warnings");
    expect(summary(list.slice(2))).toBe("1 error");
  });
});

test("JSON has one object per line with all fields", () => {
  const text = renderOne(mismatch, [typed], "json");
  expect(text.indexOf("\n")).toBe(text.length - 1);
  expect(JSON.parse(text)).toEqual({
    severity: "error",
    code: "E2001",
    category: "type",
    title: "This value has the wrong type",
    message: "this is a `string`",
    file: "src/main.orus",
    line: 3,
    col: 13,
    end_line: 3,
    end_col: 18,
    labels: [
      {
        file: "src/main.orus",
        line: 2,
        col: 9,
        end_line: 2,
        end_col: 16,
        text: "`label` is a `string` because of this value",
      },
      { file: "src/main.orus", line: 3, col: 7, end_line: 3, end_col: 10, text: "`i32` is asked for here" },
    ],
    help: ["to read a number from text, write `int(label)`"],
    notes: ["A variable declared `i32` can only hold an `i32`.", "Orus never converts between types on its own."],
    fixes: [
      { title: "write `int(label)`", edits: [{ line: 3, col: 13, end_line: 3, end_col: 18, text: "int(label)" }] },
    ],
  });
});

describe("run-time errors", () => {
  const f = source("\n    return total / n\n\n    plan()\n\n    report()\n\nwork()\n", "report.orus");
  const diagnostic: Diagnostic = { code: "E0001", span: of(f, "/"), label: "`n` is 0" };
  const trace = [
    { name: "plan", span: of(f, "plan") },
    { name: "report", span: of(f, "report") },
    { name: "main", span: of(f, "work") },
  ];
  test("show the trace, innermost call first", () => {
    expect(renderRuntime({ diagnostic, message: "Division by zero", trace }, [f])).toBe(
      [
        "-- RUNTIME ERROR [E0001]: Division by zero -------------------- report.orus:2:18",
        "",
        "2 |     return total / n",
        "  |                  ^ `n` is 0",
        "  |",
        "  = help: test the divisor before dividing, or wrap the call in `try`",
        "",
        "called from plan    report.orus:4:5",
        "called from report  report.orus:6:5",
        "called from main    report.orus:8:1",
        "",
        "",
      ].join("\n"),
    );
  });
  test("show the message where nothing else is said", () => {
    const overflow = {
      diagnostic: { ...diagnostic, code: "E0004", label: "" } as const,
      message: "Integer overflow",
      trace: [],
    };
    expect(renderRuntime(overflow, [f])).toContain("^ Integer overflow\n");
    expect(
      renderRuntime({ ...overflow, diagnostic: { ...diagnostic, label: "" }, message: "Division by zero" }, [f]).match(
        /Division by zero/g,
      ),
    ).toHaveLength(1);
    expect(renderRuntime(overflow, [f], { format: "short" })).toBe(
      "report.orus:2:18: error[E0004]: Integer overflow\n",
    );
    expect(JSON.parse(renderRuntime({ ...overflow, trace }, [f], { format: "json" })).trace[0]).toEqual({
      function: "plan",
      file: "report.orus",
      line: 4,
      col: 5,
    });
  });
  test("shorten the middle of a long trace", () => {
    const walk = new Array(9999).fill({ name: "walk", span: of(f, "plan") });
    const text = renderRuntime({ diagnostic, message: "Stack overflow", trace: [...walk, trace[2]!] }, [f]);
    expect(text).toContain("\n... 9980 more calls of walk ...\n");
    expect(text.match(/called from/g)).toHaveLength(20);
  });
});

describe("a line without marks", () => {
  const around = (text: string, at: number): string => lineAround(source(text), at);
  test("is shown without the blanks around it", () => {
    expect(around("a\n    b = 1  \nc", 8)).toBe("b = 1");
    expect(around("", 0)).toBe("");
  });
  test("is cut around the place if it is long", () => {
    const text = `x\n${Array.from({ length: 1_000 }, (_, i) => `${i}`.padStart(4, "0")).join("")}\n`;
    expect(around(text, 2)).toBe(`${text.slice(2, 122)}…`);
    expect(around(text, 2_002)).toBe(`…${text.slice(1_942, 2_062)}…`);
    expect(around(text, 4_001)).toBe(`…${text.slice(3_882, 4_002)}`);
  });
  test("is never cut through a character", () => {
    const shown = around("😀".repeat(200), 101);
    expect(shown).toBe(`…${"😀".repeat(59)}…`);
  });
});
