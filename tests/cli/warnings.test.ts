/** Warnings through the command line: who prints them, in which layout, and what they do to the exit code. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { ROOT } from "../conformance/probes.js";

const folder = mkdtempSync(join(tmpdir(), "orus-warnings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "one.orus"), "mut x = 1\nprint(x)\n");
writeFileSync(join(folder, "allowed.orus"), "mut x = 1 // allow W0005\nprint(x)\n");
writeFileSync(join(folder, "uses.orus"), "use one: x\nprint(x)\n");
writeFileSync(join(folder, "wrong.orus"), "print(y)\nprint(z)\n");

function orus(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const command = join(ROOT, "dist", "bundle", "orus.mjs");
  const r = spawnSync(process.execPath, [command, ...args], { encoding: "utf8", cwd: folder });
  return { code: r.status, out: r.stdout, err: r.stderr };
}
const SHORT = "one.orus:1:5: warning[W0005]: `x` keeps its first value\n";

test("check prints them, with a summary, and is content", () => {
  expect(orus("check", "one.orus")).toEqual({
    code: 0,
    out: "",
    err: [
      "-- WARNING [W0005]: Never reassigned ------------------------------ one.orus:1:5",
      "",
      "1 | mut x = 1",
      "  |     ^ `x` keeps its first value",
      "  |",
      "  = help: remove `mut`",
      "",
      "1 warning",
      "",
    ].join("\n"),
  });
  expect(orus("check", "--no-warn", "one.orus")).toEqual({ code: 0, out: "", err: "" });
  expect(orus("check", "allowed.orus")).toEqual({ code: 0, out: "", err: "" });
});

test("the summary counts errors and warnings", () => {
  const { code, err } = orus("check", "one.orus", "wrong.orus");
  expect(code).toBe(65);
  expect(err.trimEnd().split("\n").at(-1)).toBe("2 errors, 1 warning");
});

test("a module that several programs use is reported once", () => {
  const once = orus("check", "--error-format=short", "one.orus", "./one.orus", "uses.orus");
  expect(once.err.split("\n").filter((line) => line.includes("W0005"))).toEqual([SHORT.trimEnd()]);
});

test("a module that is not there: the nearest one that is", () => {
  writeFileSync(join(folder, "near.orus"), "use oen\nuse nothing_like_it\n");
  const { err } = orus("check", "--error-format=json", "near.orus");
  const [first, second] = err
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ code: "E3003", help: ["did you mean `one`?"] });
  expect(first.notes[0]).toMatch(/^Searched: oen\.orus, /);
  expect(second.help).toEqual(["name another directory to search with `--path`"]);
});

test("the other layouts", () => {
  expect(orus("check", "--error-format=short", "one.orus")).toEqual({ code: 0, out: "", err: SHORT });
  const { err } = orus("check", "--error-format=json", "one.orus");
  expect(JSON.parse(err)).toMatchObject({
    severity: "warning",
    code: "W0005",
    category: "warning",
    line: 1,
    col: 5,
    fixes: [{ title: "remove `mut`", edits: [{ line: 1, col: 1, end_line: 1, end_col: 5, text: "" }] }],
  });
});

test("run prints them only when asked", () => {
  expect(orus("one.orus")).toEqual({ code: 0, out: "1\n", err: "" });
  expect(orus("--warn", "--error-format=short", "one.orus")).toEqual({ code: 0, out: "1\n", err: SHORT });
  expect(orus("--warn", "--no-warn", "one.orus")).toEqual({ code: 0, out: "1\n", err: "" });
  expect(orus("--warn", "--error-format=short", "-e", "return; print(1)").err).toMatch(/W0002/);
});

test("build prints them and builds", () => {
  expect(orus("build", "--error-format=short", "one.orus")).toEqual({ code: 0, out: "", err: SHORT });
  expect(orus("build", "--no-warn", "one.orus")).toEqual({ code: 0, out: "", err: "" });
});

test("--deny-warnings: exit 65, nothing runs", () => {
  const denied = { code: 65, out: "", err: SHORT };
  for (const command of ["run", "check", "build"])
    expect(orus(command, "--deny-warnings", "--error-format=short", "one.orus")).toEqual(denied);
  expect(orus("run", "--deny-warnings", "allowed.orus")).toEqual({ code: 0, out: "1\n", err: "" });
});
