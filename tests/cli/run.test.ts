/** `orus run` as a whole process: where programs come from, how runs end, what is written where. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "@jest/globals";

const script = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bundle", "orus.mjs");
const scratch = mkdtempSync(join(tmpdir(), "orus-cli-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function file(name: string, text: string | Uint8Array): string {
  writeFileSync(join(scratch, name), text);
  return name;
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function orus(args: readonly string[], input = ""): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: "utf8",
    input,
    cwd: scratch,
  });
  return { code: status, out: stdout, err: stderr };
}
const shell = (line: string): string => {
  const prelude = `orus() { '${process.execPath}' '${script}' "$@"; }`;
  return spawnSync("bash", ["-c", `${prelude}; ${line}`], { encoding: "utf8", cwd: scratch }).stdout;
};

const hello = file("hello.orus", 'print("hello", 1 + 2)\n');
const forever = file("forever.orus", 'print("begin")\nmut i: i64 = 0\nwhile true:\n    i = i + 1\n');
const many = file("many.orus", "for i in 0..200000:\n    print(i)\n");

test("a program from a file, standard input, or the command line", () => {
  const good = { code: 0, out: "hello 3\n", err: "" };
  expect(orus([hello])).toEqual(good);
  expect(orus(["run", hello])).toEqual(good);
  expect(orus([], 'print("hello", 3)')).toEqual(good);
  expect(orus(["-"], '\uFEFFprint("hello", 3)\r\n')).toEqual(good);
  expect(orus(["-e", 'print("hello", 3)'])).toEqual(good);
  expect(orus([`./${hello}`, "--engine=none", "-x"])).toEqual(good);
  expect(orus([], "")).toEqual({ code: 0, out: "", err: "" });
});

test("files that are none", () => {
  file("bytes.orus", new Uint8Array([0x70, 0xff, 0x0a]));
  expect(orus(["nothing.orus"])).toMatchObject({
    code: 65,
    out: "",
    err: expect.stringMatching(/E3001.*\n[\s\S]*there is no such file/),
  });
  expect(orus(["./helo.orus"]).err).toContain("= help: did you mean `./hello.orus`?");
  expect(orus(["."])).toMatchObject({ code: 65, out: "", err: expect.stringMatching(/E3001[\s\S]*it is a directory/) });
  expect(orus(["bytes.orus"])).toMatchObject({ code: 65, out: "", err: expect.stringContaining("E1034") });
});

test("errors before and during the run", () => {
  expect(orus(["--error-format=short", "-e", "print(zz)"])).toEqual({
    ...{ code: 65, out: "" },
    err: expect.stringMatching(/^<text>:1:7: error\[E\d+\]: .*\n$/),
  });
  const late = orus(["--error-format=short", "-e", 'print("before")\nx: i32 = 0\nprint(1 / x)\n']);
  expect(late).toEqual({ code: 70, out: "before\n", err: "<text>:3:9: error[E0001]: Division by zero\n" });
});

test("limits", () => {
  expect(orus(["--max-time=50ms", forever])).toMatchObject({
    code: 70,
    out: "begin\n",
    err: expect.stringContaining("E0040"),
  });
  expect(orus(["--fuel=1000", forever])).toMatchObject({
    code: 70,
    out: "begin\n",
    err: expect.stringContaining("E0040"),
  });
});

test("--max-heap ends a run at the operation that asked, after what was printed, in every engine", () => {
  const grows = file(
    "grows.orus",
    'print("begin")\nmut s = "0123456789abcdef"\nwhile true:\n    s = s + s\n    if s[0] == "1": break\n',
  );
  for (const engine of ["interp", "auto", "jit", "aot"])
    expect(orus(["--max-heap=1M", `--engine=${engine}`, "--error-format=short", grows])).toEqual({
      code: 70,
      out: "begin\n",
      err: expect.stringMatching(/^grows.orus:5:10: error\[E0009\]: Out of memory\n/),
    });
});

test("--stats tells on standard error, also as JSON", () => {
  const { out, err } = orus(["--stats=json", "--engine=interp", hello]);
  expect(out).toBe("hello 3\n");
  expect(Object.keys(JSON.parse(err))).toEqual(expect.arrayContaining(["phases", "totalMs"]));
  const text = orus(["--stats", hello]).err;
  expect(text).toContain("first native");
  expect(text).toMatch(/^heap {11}0 KB allocated, 0 collections, at most 0 KB$/m);
});

test("the output's failures end the run with 74: silently when the reader has gone", () => {
  expect(shell(`orus ${many} 2>&1 | head -n 1; echo $\{PIPESTATUS[0]}`)).toBe("0\n74\n");
  expect(shell(`orus ${many} 2>&1 >/dev/full; echo $?`)).toBe("orus: writing the output failed: ENOSPC\n74\n");
});

test.each(["interp", "auto", "jit"])("Ctrl-C, --engine=%s: what was printed is out, then 130", async (engine) => {
  const child = spawn(process.execPath, [script, `--engine=${engine}`, forever], { cwd: scratch });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on("data", (text) => {
    out.push(String(text));
    // Late enough for native code.
    setTimeout(() => child.kill("SIGINT"), 700);
  });
  child.stderr.on("data", (text) => err.push(String(text)));
  const code = await new Promise((done) => child.on("close", done));
  expect({ code, out: out.join(""), err: err.join("") }).toEqual({
    ...{ code: 130, out: "begin\n" },
    err: expect.stringMatching(/^orus: interrupted at forever\.orus:[34]\n$/),
  });
});
