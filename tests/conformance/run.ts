/**
 * `npm run conformance -- [FOLDER|NAME…] [--only=CONFIGURATION,…]`: every probe in every configuration, in one process with
 * engine and Binaryen kept warm. Probes outside the language of today are listed in outside.txt; a listed one that could
 * pass, or an unlisted one that reports E1099, fails. `--write-outside` writes that list anew.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type Diagnostic } from "../../compiler/index.js";
import { loadBinaryen } from "../../jit/native.js";
import { build, underOurHost, underWasmtime } from "./built.js";
import { type Compiled, exits, hostile, interp, jit, type Ran } from "./configurations.js";
import { FOLDER, type Probe, probesOf } from "./probes.js";
import { mayUseWasmtime, Wasmtime } from "./wasmtime.js";

type Run = (program: Compiled, wasm: () => Uint8Array) => Ran | Promise<Ran>;
const OUTSIDE = join(FOLDER, "outside.txt");

function complaintsAbout(probe: Probe, ran: Ran): string[] {
  const bad = [...ran.complaints];
  if (ran.exit !== probe.exit) bad.push(`exit ${ran.exit}, expected ${probe.exit}`);
  if (Buffer.compare(ran.out, probe.out) !== 0)
    bad.push(
      `output ${JSON.stringify(Buffer.from(ran.out).toString().slice(-120))}, expected ${JSON.stringify(Buffer.from(probe.out).toString().slice(-120))}`,
    );
  const want = probe.diagnostics[0];
  if (probe.exit === 70 && want) {
    const got = ran.error;
    if (
      !got ||
      got.line !== want.line ||
      (want.column !== null && got.column !== want.column) ||
      got.code !== want.code ||
      got.file !== want.file
    ) {
      bad.push(
        `error ${got ? `${got.line}:${got.column} ${got.code}` : "none"}, expected ${want.line}:${want.column ?? "*"} ${want.code}`,
      );
    }
  }
  return bad;
}

/** A program that is rejected has no tiers: its diagnostics are compared once. */
function rejected(
  probe: Probe,
  diagnostics: readonly Diagnostic[],
  position: (d: Diagnostic) => { line: number; column: number; file: string | null },
): string[] {
  const got = diagnostics
    .filter((d) => d.code.startsWith("E"))
    .map((d) => ({ ...position(d), code: d.code as string }));
  const same =
    got.length === probe.diagnostics.length &&
    probe.diagnostics.every((w, i) => {
      const g = got[i]!;
      const place = g.line === w.line && (w.column === null || g.column === w.column);
      return place && g.code === w.code && g.file === w.file;
    });
  const bad: string[] = [];
  if (probe.exit !== 65) bad.push(`rejected, expected exit ${probe.exit}`);
  if (!same)
    bad.push(
      `diagnostics ${got.map((g) => `${g.line}:${g.column} ${g.code}`).join(", ") || "none"}, expected ${probe.diagnostics.map((w) => `${w.line}:${w.column ?? "*"} ${w.code}`).join(", ")}`,
    );
  return bad;
}

async function main(argv: readonly string[]): Promise<void> {
  const binaryen = await loadBinaryen();
  const only = argv
    .find((a) => a.startsWith("--only="))
    ?.slice(7)
    .split(",");
  const writeOutside = argv.includes("--write-outside");
  const names = argv.filter((a) => !a.startsWith("--"));
  const probes = (names.length > 0 ? names : ["core", "types", "errors"]).flatMap(probesOf);
  const outside = new Set(
    existsSync(OUTSIDE)
      ? readFileSync(OUTSIDE, "utf8")
          .split("\n")
          .filter((l) => l !== "" && !l.startsWith("#"))
      : [],
  );

  const wasmtime = (!only || only.includes("wasmtime")) && mayUseWasmtime() ? new Wasmtime() : null;
  const hostileRun = hostile(binaryen, underOurHost);
  const configurations: Record<string, Run> = {
    interp: (p) => interp(p),
    jit: jit(binaryen),
    exits: exits(binaryen),
    aot: (p, wasm) => underOurHost(wasm(), p),
    hostile: (p) => hostileRun(p, build(p, binaryen, { hostile: true })),
    ...(wasmtime ? { wasmtime: (p: Compiled, wasm: () => Uint8Array) => underWasmtime(wasm(), wasmtime, p) } : {}),
  };
  const chosen = Object.entries(configurations).filter(([name]) => !only || only.includes(name));

  let passed = 0;
  let failed = 0;
  const nowOutside: string[] = [];
  const totals: Record<string, { passed: number; failed: number; ms: number }> = {};
  let entered = 0;
  let forced = 0;
  const unreached: string[] = [];
  const notEntered: Record<string, number> = {};
  const fail = (probe: Probe, where: string, bad: readonly string[]): void => {
    failed++;
    console.log(`FAIL ${probe.name} (${where}): ${bad.join("; ")}`);
  };
  for (const probe of probes) {
    const result = compile(probe.file, probe.host);
    // Those of the language's extensions, whatever is said about them.
    if (probe.name.includes("/ext_")) {
      nowOutside.push(probe.name);
      continue;
    }
    if (result.diagnostics.some((d) => d.code === "E1099")) {
      nowOutside.push(probe.name);
      if (!outside.has(probe.name) && !writeOutside)
        fail(probe, "compile", ["reports E1099 and is not in outside.txt"]);
      continue;
    }
    if (outside.has(probe.name) && !writeOutside)
      fail(probe, "compile", ["is listed in outside.txt and needs to be no longer"]);
    if (!result.chunk) {
      const bad = rejected(probe, result.diagnostics, (d) => {
        const file = result.files[d.span.file]!;
        return { ...file.position(d.span.start), file: file.path === probe.file ? null : file.path };
      });
      if (bad.length > 0) fail(probe, "compile", bad);
      else passed++;
      continue;
    }
    const program: Compiled = { chunk: result.chunk, files: result.files, input: probe.input };
    let wasm: Uint8Array | null = null;
    const built = (): Uint8Array => (wasm ??= build(program, binaryen));
    for (const [name, run] of chosen) {
      const t = (totals[name] ??= { passed: 0, failed: 0, ms: 0 });
      const t0 = performance.now();
      let bad: string[];
      try {
        const ran = await run(program, built);
        bad = complaintsAbout(probe, ran);
        entered += ran.notes?.entered ?? 0;
        forced += ran.notes?.forced ?? 0;
        if (ran.notes?.unreached?.length) unreached.push(`  ${probe.name}: ${ran.notes.unreached.join("; ")}`);
        for (const [reason, n] of Object.entries(ran.notes?.notEntered ?? {}))
          notEntered[reason] = (notEntered[reason] ?? 0) + n;
      } catch (e) {
        bad = [`fault: ${e instanceof Error ? (process.env.ORUS_DEBUG ? e.stack : e.message) : String(e)}`];
      }
      t.ms += performance.now() - t0;
      if (bad.length > 0) {
        t.failed++;
        fail(probe, name, bad);
      } else {
        t.passed++;
        passed++;
      }
    }
  }
  wasmtime?.close();
  if (unreached.length > 0)
    console.log(
      `exit sites that no run came past (a check that never could fail there, or code after the last round):\n${unreached.join("\n")}`,
    );
  if (writeOutside)
    writeFileSync(
      OUTSIDE,
      `# Probes of core and errors that use what the language does not have yet (E1099).\n${nowOutside.sort().join("\n")}\n`,
    );
  for (const [name, t] of Object.entries(totals))
    console.log(`${name.padEnd(9)} ${t.passed} passed, ${t.failed} failed, ${(t.ms / 1000).toFixed(1)} s`);
  const reasons = Object.entries(notEntered)
    .map(([r, n]) => `${n} ${r}`)
    .join(", ");
  console.log(
    `jit: entered ${entered}, not entered ${Object.values(notEntered).reduce((a, b) => a + b, 0)}${reasons ? ` (${reasons})` : ""}; exits: ${forced} sites forced; outside: ${nowOutside.length}`,
  );
  if (!wasmtime && !only) console.log("wasmtime: skipped, the Python package `wasmtime` is not installed");
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main(process.argv.slice(2));
