/** The command line as data: what argv means, and the one line that wrong use gets. */
import { describe, expect, test } from "@jest/globals";
import { understand } from "../../cli/argv.js";
import { COMMANDS, type CommandName, OPTION_NAMES, OPTIONS, type OptionRow, spelled } from "../../cli/options.js";
import { helpOf } from "../../cli/parse.js";
import { UsageError } from "../../cli/usage.js";

async function complaint(...argv: string[]): Promise<string> {
  try {
    return `understood: ${JSON.stringify(await understand(argv))}`;
  } catch (e) {
    if (e instanceof UsageError) return e.message;
    throw e;
  }
}

describe("options come before the file, the rest is the program's", () => {
  test.each([
    [["a.orus"], ["a.orus"]],
    [
      ["a.orus", "--engine=x", "-o"],
      ["a.orus", "--engine=x", "-o"],
    ],
    [
      ["run", "a.orus", "-o", "x"],
      ["a.orus", "-o", "x"],
    ],
    [
      ["--fuel", "3", "a.orus", "--fuel", "b"],
      ["a.orus", "--fuel", "b"],
    ],
    [
      ["--fuel=3", "--", "-x", "--", "b"],
      ["-x", "--", "b"],
    ],
    [
      ["run", "-q", "a.orus", "--", "b"],
      ["a.orus", "--", "b"],
    ],
    [
      ["run", "--stats", "a.orus", "text"],
      ["a.orus", "text"],
    ],
    [["-"], ["-"]],
    [
      ["-e", "print(1)", "x", "-y"],
      ["x", "-y"],
    ],
    [
      ["./run", "x"],
      ["./run", "x"],
    ],
  ])("%j", async (argv, operands) => {
    const call = await understand(argv);
    expect(call.command).toBe("run");
    expect(call.operands).toEqual(operands);
  });
});

test("values, attached or apart", async () => {
  const { options } = await understand([
    ...[
      "run",
      "--engine",
      "interp",
      "--jit-threshold=1_000",
      "-O3",
      "--max-time",
      "1.5s",
      "--max-heap=2G",
      "--stats=json",
      "a.orus",
    ],
  ]);
  expect(options).toMatchObject({
    "max-heap": 2 ** 31,
    engine: "interp",
    "jit-threshold": 1000,
    O: "3",
    "max-time": 1500,
    stats: "json",
  });
  for (const given of [["-Os"], ["-O", "s"], ["-O=s"]])
    expect(await understand(["run", ...given, "a.orus"])).toMatchObject({ options: { O: "s" }, operands: ["a.orus"] });
  expect(options).toMatchObject({ "max-recursion": 10_000, color: "auto" });
  expect(options).not.toHaveProperty("fuel");
});

test.each([
  ["1M", 2 ** 20],
  ["512M", 2 ** 29],
  ["1.5g", 1.5 * 2 ** 30],
  ["2048k", 2 ** 21],
  ["10_000_000", 10_000_000],
  ["8G", 2 ** 33],
])("--max-heap=%s", async (text, bytes) => {
  for (const command of ["run", "build"])
    expect((await understand([command, "--max-heap", text, "a.orus"])).options["max-heap"]).toBe(bytes);
});

test("a bare --stats is the text form, and a file is not its value", async () => {
  const call = await understand(["run", "--stats", "json"]);
  expect(call.options.stats).toBe("text");
  expect(call.operands).toEqual(["json"]);
});

test("the same options with and without the parser", async () => {
  const parsed = await understand(["run", "-q", "a.orus"]);
  const plain = await understand(["run", "a.orus"]);
  expect(parsed).toEqual({ ...plain, options: { ...plain.options, q: true }, given: ["q"] });
});

test("other ways to name a command", async () => {
  expect((await understand(["a.orus", "-o", "a.wasm"])).command).toBe("build");
  expect((await understand(["-h"])).command).toBe("help");
  expect(await understand(["--show-bytecode", "a.orus"])).toMatchObject({ command: "dis", operands: ["a.orus"] });
  expect((await understand(["--version"])).command).toBe("version");
  expect(await understand(["run", "--help"])).toMatchObject({ command: "help", operands: ["run"] });
});

describe("wrong use gets one line with the nearest that is right", () => {
  test.each([
    [["--engin=jit", "a.orus"], "unknown option `--engin`; did you mean `--engine`?"],
    [["run", "--gc-stress", "a.orus"], "unknown option `--gc-stress`; see `orus help run`"],
    [["run", "-z", "a.orus"], "unknown option `-z`"],
    [
      ["--engine=jitt", "a.orus"],
      "`jitt` is no value for `--engine`, which takes one of auto, interp, jit, aot; did you mean `jit`?",
    ],
    [["run", "--engine"], "`--engine` needs a value: one of auto, interp, jit, aot"],
    [
      ["run", "--max-recursion=abc", "a.orus"],
      "`abc` is no value for `--max-recursion`, which takes a whole number from 1 to 2147483647",
    ],
    [["run", "--max-recursion=0", "a.orus"], "`0` is no value"],
    ...["", "0", "-1M", "1023k", "1048575", "5x", "1.5", "M", "2 G", "9e9", "9999999999G"].map(
      (text): [string[], string] => [
        ["run", `--max-heap=${text}`, "a.orus"],
        `\`${text}\` is no value for \`--max-heap\`, which takes a size such as 512M or 2G, at least 1M`,
      ],
    ),
    [["run", "--max-time", "5", "a.orus"], "`5` is no value for `--max-time`, which takes a time such as 5s or 200ms"],
    [
      ["run", "--stats=jsn", "a.orus"],
      "`jsn` is no value for `--stats`, which takes one of text, json; did you mean `json`?",
    ],
    [["run", "-q=1", "a.orus"], "unknown option"],
    [["run", "--warn=1", "a.orus"], "`--warn` takes no value"],
    [["check", "--engine=jit", "a.orus"], "`--engine` is no option of `orus check`; see `orus help check`"],
    [["-q", "check", "a.orus"], "options come after the command: orus check [options] PATH..."],
    [["chekc"], "there is no command and no file `chekc`; did you mean `check`?"],
    [["run", "-O9", "a.orus"], "`9` is no value for `-O`, which takes one of 0, 1, 2, 3, s"],
  ])("%j", async (argv, message) => {
    const got = await complaint(...argv);
    expect(got.startsWith(message)).toBe(true);
    expect(got).not.toContain("\n");
  });
});

test.each(Object.keys(COMMANDS) as CommandName[])("orus help %s lists its options", (command) => {
  const page = helpOf(command);
  const listed = OPTION_NAMES.filter((name) => new RegExp(`^  ${spelled(name)}(?![a-z-])`, "m").test(page));
  expect(listed).toEqual(OPTION_NAMES.filter((name) => (OPTIONS[name] as OptionRow).on.includes(command)));
  expect(page).not.toMatch(/.{121}/);
});
