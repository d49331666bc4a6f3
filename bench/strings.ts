/**
 * `npm run bench:strings -- [--write]`: programs made of strings, whole processes, median of several rounds: appending one
 * character at a time, joining pieces (twice as many must take twice as long), putting in front, comparing and ordering long
 * ropes. `--write` puts the table into bench/RESULTS.md, under "Strings".
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machine, median, ROOT, table, writeSection } from "./results.js";

const ROUNDS = 5;

interface Kernel {
  readonly name: string;
  readonly orus: string;
  /** The same in Python, if its cost there is of the same order. CPython appends in place to locals of functions only. */
  readonly python: string | null;
}
const joins = (n: number): Kernel => ({
  name: `${n.toLocaleString("en")} joins of 10-byte pieces`,
  orus: `mut s = ""\nfor i in 0..${n}: s += "0123456789"\nprint(len(s))\n`,
  python: `def main():\n    s = ""\n    for i in range(${n}):\n        s += "0123456789"\n    print(len(s))\n\nmain()\n`,
});
const KERNELS: readonly Kernel[] = [
  {
    name: "10 MB by `+=` of one character",
    orus: 'mut s = ""\nfor i in 0..10000000: s += "x"\nprint(len(s))\n',
    python: 'def main():\n    s = ""\n    for i in range(10000000):\n        s += "x"\n    print(len(s))\n\nmain()\n',
  },
  joins(1_000_000),
  joins(2_000_000),
  {
    name: "200,000 pieces put in front",
    orus: 'mut s = ""\nfor i in 0..200000: s = "0123456789" + s\nprint(len(s), s[0])\n',
    python: null,
  },
  {
    name: "1,000,000 numbers made into text",
    orus: "mut n = 0\nfor i in 0..1000000: n += len(i as string)\nprint(n)\n",
    python: "n = 0\nfor i in range(1000000):\n    n += len(str(i))\nprint(n)\n",
  },
  {
    name: "two ropes of 20 MB, compared and ordered",
    orus: `fn rope(last: string) -> string:
    mut s = ""
    for i in 0..1000000: s = s + "0123456789" + "abcdefghij" if i % 2 == 0 else s
    return "<" + s + s + last
a = rope("x")
b = rope("y")
print(len(a), a == b, a < b)
`,
    python: null,
  },
];

/** Seconds of one run, and what it printed. */
function once(command: readonly string[]): { seconds: number; out: string } {
  const start = performance.now();
  const r = spawnSync(command[0]!, command.slice(1), { encoding: "utf8" });
  if (r.status !== 0) throw new Error(`${command.join(" ")} ended with ${r.status}: ${r.stderr}`);
  return { seconds: (performance.now() - start) / 1000, out: r.stdout };
}

function main(argv: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), "orus-strings-"));
  const orus = join(ROOT, "dist", "bundle", "orus.mjs");
  const python = spawnSync("python3", ["--version"]).status === 0;
  const rows: string[][] = [];
  KERNELS.forEach((kernel, i) => {
    const path = join(folder, `k${i}.orus`);
    writeFileSync(path, kernel.orus);
    once(["node", orus, "build", path, "-o", `${path}.wasm`]);
    const commands: (readonly string[] | null)[] = [
      ["node", orus, "run", "--engine=interp", path],
      ["node", orus, "run", path],
      ["node", orus, "run", `${path}.wasm`],
    ];
    if (kernel.python !== null && python) {
      writeFileSync(join(folder, `k${i}.py`), kernel.python);
      commands.push(["python3", join(folder, `k${i}.py`)]);
    } else commands.push(null);
    const times = commands.map((): number[] => []);
    const outs = new Set<string>();
    for (let round = 0; round < ROUNDS; round++)
      commands.forEach((command, c) => {
        if (command === null) return;
        const { seconds, out } = once(command);
        times[c]!.push(seconds);
        outs.add(out);
      });
    if (outs.size !== 1) throw new Error(`${kernel.name}: ${[...outs].join(" / ")}`);
    const cell = (list: readonly number[]): string =>
      list.length === 0
        ? ""
        : `${median(list).toFixed(3)} (${Math.min(...list).toFixed(2)}–${Math.max(...list).toFixed(2)})`;
    rows.push([kernel.name, ...times.map(cell)]);
  });
  rmSync(folder, { recursive: true });
  const text = [
    `${machine()} Written by \`npm run bench:strings -- --write\`: whole processes, seconds, median (lowest–highest) of ${ROUNDS}.`,
    "",
    table("Programs made of strings", ["program", "Orus interpreter", "Orus auto", "Orus AOT, Node", "CPython"], rows),
    "",
  ].join("\n");
  console.log(text);
  if (argv.includes("--write")) writeSection("Strings", text);
}

main(process.argv.slice(2));
