/** `orus run` starts light: Binaryen and the compiler's thread are for programs that get warm. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { ROOT } from "./conformance/probes.js";

const folder = mkdtempSync(join(tmpdir(), "orus-startup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loaded before the command: notes every module that is resolved and every thread that is started. */
const WATCH = `
import { appendFileSync } from "node:fs";
import { createRequire, register, syncBuiltinESMExports } from "node:module";
const log = process.env.ORUS_TEST_LOG;
const hooks = 'import { appendFileSync } from "node:fs";'
  + 'export async function resolve(s, c, next) { const r = await next(s, c); appendFileSync(' + JSON.stringify(log) + ', "module " + r.url + "\\\\n"); return r; }';
register("data:text/javascript," + encodeURIComponent(hooks));
const threads = createRequire(import.meta.url)("node:worker_threads");
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(...args) {
    appendFileSync(log, "worker " + args[0] + "\\n");
    super(...args);
  }
};
syncBuiltinESMExports();
`;
const watch = join(folder, "watch.mjs");
writeFileSync(watch, WATCH);

/** What `orus run` of a file loads and starts, by lines `module URL` and `worker URL`. */
function loaded(file: string, ...options: string[]): { readonly out: string; readonly lines: readonly string[] } {
  const log = join(folder, "log.txt");
  writeFileSync(log, "");
  const command = join(ROOT, "dist", "bundle", "orus.mjs");
  const args = ["--no-warnings", "--import", pathToFileURL(watch).href, command, "run", ...options, file];
  const r = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, ORUS_TEST_LOG: log } });
  expect(r.stderr).toBe("");
  return {
    out: r.stdout,
    lines: readFileSync(log, "utf8")
      .split("\n")
      .filter((l) => l !== ""),
  };
}
const heavy = (lines: readonly string[]): string[] =>
  lines.filter((l) => l.startsWith("worker ") || /binaryen|native/i.test(l));

/** Loaded modules that hold the back end: the name of one of its instructions. */
const withBackEnd = (lines: readonly string[]): string[] =>
  lines
    .flatMap((l) => (l.startsWith("module file:") ? [fileURLToPath(l.slice("module ".length))] : []))
    .filter((file) => readFileSync(file, "utf8").includes("i32.trunc_sat_f64_s"));

test("hello loads no Binaryen and no back end, and starts no thread", () => {
  const { out, lines } = loaded(join(ROOT, "examples", "hello.orus"));
  expect(out).not.toBe("");
  expect(lines.some((l) => l.includes("orus.mjs"))).toBe(true);
  expect(heavy(lines)).toEqual([]);
  expect(withBackEnd(lines)).toEqual([]);
});

test("a hot program starts the thread: what the test above looks for would be seen", () => {
  const file = join(folder, "hot.orus");
  writeFileSync(file, "mut t = 0u32\nfor i in 0..200000:\n    t = t + 3u32\nprint(t)\n");
  const { out, lines } = loaded(file, "--engine=jit");
  expect(out).toBe("600000\n");
  expect(heavy(lines).some((l) => l.startsWith("worker "))).toBe(true);
});
