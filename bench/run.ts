/**
 * The benchmark: every kernel in Orus (interpreter, JIT, AOT) and in its peers, side by side in one run, whole
 * processes, median of several rounds with the spread shown. `--quick`: small sizes only. `--write`:
 * puts the tables into bench/RESULTS.md with machine, date and versions. Rounds interleave the contestants, so that a
 * machine whose speed drifts slows all of them alike.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { KERNELS, type Kernel, PEERS } from "./kernels.js";
import { machine, median, ROOT, table, writeTop } from "./results.js";

const orus = join(ROOT, "dist", "bundle", "orus.mjs");
const scratch = mkdtempSync(join(tmpdir(), "orus-bench-"));
const args = new Set(process.argv.slice(2));
const quick = args.has("--quick");
const rounds = 5;

type Size = "full" | "small";
interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
}
interface Timing {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** By round. */
  readonly all: readonly number[];
}

const has = (command: string): boolean => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;

/** The kernel's source of a language with the wanted size, in the scratch folder. */
function source(kernel: Kernel, extension: string, size: Size): string {
  const text = readFileSync(join(ROOT, "bench", "kernels", kernel.name, `${kernel.name}.${extension}`), "utf8");
  if (!text.includes(kernel.call)) throw new Error(`${kernel.name}.${extension} does not contain ${kernel.call}`);
  const folder = join(scratch, `${kernel.name}-${size}-${extension}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${kernel.name}.${extension}`);
  writeFileSync(path, text.replace(kernel.call, kernel[size]));
  return path;
}

/** Everybody who runs this kernel at this size, built. */
function contestants(kernel: Kernel, size: Size): Contestant[] {
  const list: Contestant[] = [];
  const text = source(kernel, "orus", size);
  const wasm = `${text}.wasm`;
  execFileSync("node", [orus, "build", text, "-o", wasm], { stdio: "inherit" });
  if (size === "small")
    list.push({ name: "Orus interpreter", command: ["node", orus, "run", "--engine=interp", text] });
  list.push({ name: "Orus auto", command: ["node", orus, "run", text] });
  list.push({ name: "Orus AOT, Node", command: ["node", orus, "run", wasm] });
  if (has("python3"))
    list.push({ name: "Orus AOT, wasmtime", command: ["python3", join(ROOT, "tests", "wasmtime", "runner.py"), wasm] });
  for (const peer of PEERS) {
    if (!peer.sizes.includes(size) || !has(peer.run("", "true")[0]!) || (peer.build && !has(peer.build("", "")[0]!)))
      continue;
    const path = source(kernel, peer.extension, size);
    const out = join(dirname(path), "program");
    if (peer.build && !existsSync(out))
      execFileSync(peer.build(path, out)[0]!, peer.build(path, out).slice(1), { stdio: "inherit" });
    list.push({ name: peer.name, command: peer.run(path, out) });
  }
  return list;
}

/** Wall seconds of one run; throws when it fails or prints something else than the others. */
function once(c: Contestant, expected: Map<string, string>, key: string): number {
  const t0 = process.hrtime.bigint();
  const r = spawnSync(c.command[0]!, c.command.slice(1), { encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - t0) / 1e9;
  if (r.status !== 0) throw new Error(`${c.name} on ${key} ended with ${r.status}: ${r.stderr}`);
  const want = expected.get(key) ?? r.stdout;
  expected.set(key, want);
  if (r.stdout !== want) throw new Error(`${c.name} on ${key} printed ${r.stdout.trim()}, others ${want.trim()}`);
  return seconds;
}

function measure(kernel: Kernel, size: Size): Map<string, Timing> {
  const expected = new Map<string, string>();
  const key = `${kernel.name} ${kernel[size]}`;
  const list = contestants(kernel, size);
  const times = new Map<string, number[]>(list.map((c) => [c.name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const c of list) times.get(c.name)!.push(once(c, expected, key));
    process.stderr.write(`\r${key}: round ${round + 1} of ${rounds}   `);
  }
  process.stderr.write("\n");
  return new Map(
    [...times].map(([name, all]) => [
      name,
      { median: median(all), low: Math.min(...all), high: Math.max(...all), all },
    ]),
  );
}

/** Statistics of one run of the JIT: how long after first native entry, and the share of rounds in native code. */
interface RunStats {
  readonly nativeShare: number;
  readonly firstNativeMs: number;
  readonly totalMs: number;
  readonly events: number;
  readonly interpreted: number;
}
function stats(kernel: Kernel, size: Size): RunStats | null {
  const r = spawnSync("node", [orus, "run", "--stats=json", source(kernel, "orus", size)], { encoding: "utf8" });
  const line = r.stderr.split("\n").find((l) => l.startsWith("{"));
  return line ? JSON.parse(line) : null;
}

/**
 * Rounds and calls a microsecond in the interpreter and in native code: before the first native entry everything is interpreted,
 * after it all but the last interpreted rounds is native.
 */
function speeds(s: RunStats): { readonly slow: number; readonly fast: number } {
  return {
    slow: s.interpreted / s.firstNativeMs / 1000,
    fast: (s.events - s.interpreted) / (s.totalMs - s.firstNativeMs) / 1000,
  };
}

const show = (t: Timing | undefined): string =>
  t ? `${t.median.toFixed(3)} (${t.low.toFixed(2)}–${t.high.toFixed(2)})` : "–";

function main(): void {
  const out: string[] = [];
  for (const size of quick ? (["small"] as const) : (["full", "small"] as const)) {
    const results = KERNELS.map((k) => ({ kernel: k, times: measure(k, size) }));
    const names = [...results[0]!.times.keys()];
    out.push(
      table(
        `Whole process, ${size} size, seconds: median (lowest–highest) of ${rounds}`,
        ["kernel", ...names],
        results.map(({ kernel, times }) => [
          `${kernel.name} \`${kernel[size]}\``,
          ...names.map((n) => show(times.get(n))),
        ]),
      ),
    );
    const ratio = (a: string, b: string): string[] => [
      `${a} ÷ ${b}`,
      ...results.map(({ times }) => {
        const x = times.get(a),
          y = times.get(b);
        // Round by round: a machine that is slow for a while is slow for both.
        return x && y ? median(x.all.map((t, i) => t / y.all[i]!)).toFixed(2) : "–";
      }),
    ];
    const pairs: [string, string][] =
      size === "small"
        ? [
            ["Orus interpreter", "Lua 5.4"],
            ["Orus interpreter", "CPython"],
            ["Orus auto", "CPython"],
          ]
        : [
            ["Orus auto", "LuaJIT"],
            ["Orus auto", "Go"],
            ["Orus AOT, Node", "Go"],
            ["Orus AOT, wasmtime", "Go"],
            ["Orus AOT, Node", "C -O2"],
          ];
    out.push(
      table(
        `Time ratios, ${size} size: median of those of the rounds (below 1: the first is faster)`,
        ["", ...KERNELS.map((k) => k.name)],
        pairs.map(([a, b]) => ratio(a, b)),
      ),
    );
    if (size === "full") {
      out.push(
        table(
          `JIT, full size: \`orus run --stats\`, the median of ${rounds} runs`,
          [
            "kernel",
            "share of rounds native",
            "first native entry, ms after start",
            "total, ms",
            "rounds and calls a µs: interpreter",
            "native",
            "native ÷ interpreter",
          ],
          KERNELS.map((k) => {
            const runs = Array.from({ length: rounds }, () => stats(k, size)).filter((s) => s !== null);
            const entered = runs.filter((s) => s.firstNativeMs >= 0).map((s) => ({ s, ...speeds(s) }));
            if (entered.length < rounds) return [k.name, "–", "–", "–", "–", "–", "–"];
            // All figures are those of the run with the median gain.
            const gain = median(entered.map(({ slow, fast }) => fast / slow));
            const { s, slow, fast } = entered.find((r) => r.fast / r.slow === gain)!;
            return [
              k.name,
              `${(100 * s.nativeShare).toFixed(2)} %`,
              s.firstNativeMs.toFixed(0),
              s.totalMs.toFixed(0),
              slow.toFixed(0),
              fast.toFixed(0),
              `${(fast / slow).toFixed(1)}×`,
            ];
          }),
        ),
      );
    }
  }
  const version = (command: readonly string[]): string => {
    const r = spawnSync(command[0]!, command.slice(1), { encoding: "utf8" });
    return (r.stdout || r.stderr || "not found").split("\n")[0]!;
  };
  const head = [
    "# Benchmark results",
    "",
    machine(),
    `Written by \`npm run bench -- --write\`: whole processes, contestants interleaved, ${rounds} rounds. Peers:`,
    "",
    ...PEERS.map((p) => `- ${p.name}: ${version(p.version)}`),
    "",
  ].join("\n");
  const text = `${head}\n${out.join("\n")}`;
  process.stdout.write(text);
  if (args.has("--write")) writeTop(text);
}

main();
