/** The `orus` command as a whole process: streams, exit codes, and what a person sees who gets it wrong. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const script = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bundle", "orus.mjs");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function orus(args: readonly string[], input = ""): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8", input });
  return { code: status, out: stdout, err: stderr };
}

test("version and help go to standard output", () => {
  expect(orus(["version"])).toMatchObject({ code: 0, err: "", out: expect.stringMatching(/^orus \d+\.\d+\.\d+\n$/) });
  expect(orus(["-v"])).toEqual(orus(["version"]));
  expect(orus(["help"])).toMatchObject({ code: 0, err: "", out: expect.stringContaining("orus run FILE") });
  expect(orus(["--help"])).toEqual(orus(["help"]));
  expect(orus(["run", "--help"])).toEqual(orus(["help", "run"]));
});

test("explain", () => {
  expect(orus(["explain", "e2001"]).out).toContain("TYPE MISMATCH [E2001]: This value has the wrong type");
  const { out } = orus(["explain", "W0005"]);
  expect(out).toContain(
    "With the warning:\n\n    mut width = 3\n    print(width * width)\n\nWithout:\n\n    width = 3\n",
  );
  expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  const planned = "Belongs to a part of the language that this version does not have yet.";
  expect(orus(["explain", "E0020"]).out).toContain(`\n\n${planned}\n\n`);
  expect(orus(["explain", "E0004"]).out).toContain("planned:  `**`, `abs`: not in this version yet\n");
  expect(orus(["explain", "E3005"]).out).toContain("and `shapes.orus`:\n\n    pub fn area");
  expect(orus(["explain"])).toMatchObject({ code: 64, out: "" });
  expect(orus(["explain", "E200l"]).err).toBe("orus: there is no diagnostic `E200l`; did you mean `E2001`?\n");
});

test.each([
  [["--engin=jit", "a.orus"], "orus: unknown option `--engin`; did you mean `--engine`?\n"],
  [["help", "biuld"], "orus: there is no command `biuld`; did you mean `build`?\n"],
  [["run"], "orus: missing file name: orus run [options] FILE [ARGS...]\n"],
  [["check"], "orus: missing file name: orus check [options] PATH...\n"],
  [["build", "-o", "x.wasm"], "orus: missing file name: orus build [options] FILE\n"],
  [["dis", "--ir"], "orus: missing file name: orus dis [options] FILE\n"],
  [["dis", "a.orus", "b.orus"], "orus: one file at a time: `b.orus` is too much\n"],
])("wrong use, %j: exit 64 and one line", (args, err) => {
  expect(orus(args)).toEqual({ code: 64, out: "", err });
});
