/** `orus build`, built modules and `orus dis` as whole processes. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";

const script = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bundle", "orus.mjs");
const scratch = mkdtempSync(join(tmpdir(), "orus-build-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const PROGRAM = "fn twice(n: i32) -> i32:\n    return n + n\nfor i in 0..3:\n    print(twice(i))\n";
writeFileSync(join(scratch, "p.orus"), PROGRAM);
writeFileSync(join(scratch, "wrong.orus"), "print(1 +)\n");

function orus(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8", cwd: scratch });
  return { code: status, out: stdout, err: stderr };
}
const silent = { code: 0, out: "", err: "" };
const prints = { code: 0, out: "0\n2\n4\n", err: "" };

describe("build", () => {
  test("FILE.wasm beside the file, or OUT; it runs", () => {
    expect(orus("build", "p.orus")).toEqual(silent);
    expect(orus("p.wasm")).toEqual(prints);
    expect(orus("p.orus", "-o", "q.wasm")).toEqual(silent);
    expect(orus("run", "./q.wasm")).toEqual(prints);
    expect(orus("--engine=aot", "p.orus")).toEqual(prints);
  });

  test("the text form", () => {
    expect(orus("build", "--emit=wat", "-o", "text.wat", "p.orus")).toEqual(silent);
    expect(readFileSync(join(scratch, "text.wat"), "utf8")).toMatch(/^\(module\n[\s\S]*_start/);
    expect(orus("build", "--emit", "wat,wasm", "p.orus", "-o", "both.wasm")).toEqual(silent);
    expect(readFileSync(join(scratch, "both.wat"), "utf8")).toContain("twice");
    expect(orus("both.wasm")).toEqual(prints);
  });

  test("what cannot be built, or not written", () => {
    expect(orus("build", "wrong.orus")).toMatchObject({ code: 65, out: "" });
    expect(orus("build", "p.orus", "-o", "no/such/x.wasm")).toEqual({
      ...{ code: 74, out: "" },
      err: "orus: cannot write `no/such/x.wasm`: there is no such file\n",
    });
    // Nothing that was written by hand is overwritten.
    const before = readFileSync(join(scratch, "p.orus"), "utf8");
    expect(orus("build", "p.orus", "-o", "./p.orus")).toEqual({
      ...{ code: 64, out: "" },
      err: "orus: `-o ./p.orus` would overwrite the program; choose another name\n",
    });
    expect(readFileSync(join(scratch, "p.orus"), "utf8")).toBe(before);
  });
});

describe("modules that are none of ours or damaged", () => {
  test.each([
    ["empty", () => new Uint8Array()],
    ["cut", (good: Uint8Array) => good.subarray(0, good.length - 1)],
    ["changed", (good: Uint8Array) => good.map((byte, i) => (i === good.length >> 1 ? byte ^ 1 : byte))],
    ["foreign", () => new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
    ["text", () => new TextEncoder().encode(PROGRAM)],
  ])("%s: E3007", (name, damage) => {
    if (!existsSync(join(scratch, "good.wasm"))) orus("build", "p.orus", "-o", "good.wasm");
    writeFileSync(join(scratch, `${name}.wasm`), damage(readFileSync(join(scratch, "good.wasm"))));
    const { code, out, err } = orus("--error-format=short", `${name}.wasm`);
    expect({ code, out }).toEqual({ code: 65, out: "" });
    expect(err).toMatch(new RegExp(`^${name}\\.wasm:1:1: error\\[E3007\\]: .+\\n$`));
  });

  test("a missing one, and limits that come too late", () => {
    expect(orus("missing.wasm")).toMatchObject({ code: 65, err: expect.stringContaining("E3001") });
    expect(orus("--fuel=3", "p.wasm")).toEqual({
      ...{ code: 64, out: "" },
      err: "orus: `--fuel` does not reach a built module; give it to `orus build`\n",
    });
    expect(orus("--stats", "p.wasm")).toEqual({
      ...{ code: 64, out: "" },
      err: "orus: `--stats` means nothing to a built module: it has no interpreter and no JIT\n",
    });
    expect(orus("--max-heap=2M", "p.wasm")).toMatchObject({ code: 64, err: expect.stringContaining("`--max-heap`") });
  });
  test("--max-heap is built in", () => {
    writeFileSync(
      join(scratch, "grows.orus"),
      'print("begin")\nmut s = "0123456789abcdef"\nwhile len(s) < 3000000:\n    s = s + s\n    if s[0] == "1": break\n',
    );
    expect(orus("build", "--max-heap=2M", "-o", "grows.wasm", "grows.orus")).toMatchObject({ code: 0 });
    expect(orus("grows.wasm")).toMatchObject({
      ...{ code: 70, out: "begin\n" },
      err: expect.stringContaining("error[E0009]: Out of memory"),
    });
    expect(orus("build", "--max-heap=64M", "-o", "fits.wasm", "grows.orus")).toMatchObject({ code: 0 });
    expect(orus("fits.wasm")).toEqual({ code: 0, out: "begin\n", err: "" });
  });
});

describe("dis", () => {
  test("bytecode, of one function or all", () => {
    const all = orus("dis", "p.orus").out;
    expect(all).toMatch(/^fn 0 main[\s\S]*^fn 1 twice/m);
    const one = orus("dis", "--fn=twice", "p.orus").out;
    expect(one).toMatch(/^fn 1 twice/);
    expect(all).toContain(one);
    expect(orus("dis", "--fn=twise", "p.orus")).toEqual({
      ...{ code: 64, out: "" },
      err: "orus: the program has no function `twise`; did you mean `twice`?\n",
    });
  });

  test("the optimiser's form, WebAssembly, one pass", () => {
    expect(orus("dis", "--ir", "p.orus").out).toMatch(/^; main, loop at[\s\S]*^; twice\n/m);
    expect(orus("dis", "--wat", "--fn", "twice", "p.orus").out).toMatch(/^;; twice\n\(module/);
    expect(orus("dis", "--dump-after=gvn", "p.orus").out).toContain("; twice, after gvn\n");
    expect(orus("dis", "--dump-after=gvm", "p.orus")).toMatchObject({ code: 64, err: expect.stringContaining("gvn") });
  });

  test("a program with errors", () => {
    expect(orus("dis", "wrong.orus")).toMatchObject({ code: 65, out: "" });
  });
});
