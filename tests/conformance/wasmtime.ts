/**
 * One wasmtime process for all modules (tests/wasmtime/runner.py). Its Python is ORUS_PYTHON or python3; without the
 * `wasmtime` package the configuration is skipped, unless ORUS_REQUIRE_WASMTIME is set.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./probes.js";

export interface WasmtimeResult {
  readonly exit: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  /** A trap or a host error: never acceptable. */
  readonly trap: string | null;
}
const python = (): string => process.env.ORUS_PYTHON ?? "python3";

const available = (): boolean => spawnSync(python(), ["-c", "import wasmtime"]).status === 0;

export class Wasmtime {
  private readonly child: ChildProcess;
  private readonly folder = mkdtempSync(join(tmpdir(), "orus-wasmtime-"));
  private readonly waiting: ((line: string) => void)[] = [];
  private count = 0;

  constructor() {
    this.child = spawn(python(), [join(ROOT, "tests", "wasmtime", "runner.py")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    createInterface({ input: this.child.stdout! }).on("line", (line) => this.waiting.shift()?.(line));
    this.child.on("exit", () => {
      for (const w of this.waiting.splice(0))
        w(JSON.stringify({ exit: -1, stdout: "", stderr: "", trap: "the wasmtime process ended" }));
    });
  }
  async run(wasm: Uint8Array, input?: Uint8Array): Promise<WasmtimeResult> {
    const file = join(this.folder, `${this.count++}.wasm`);
    writeFileSync(file, wasm);
    const stdin = input === undefined ? null : `${file}.in`;
    if (stdin !== null) writeFileSync(stdin, input!);
    const line = await new Promise<string>((done) => {
      this.waiting.push(done);
      this.child.stdin!.write(`${JSON.stringify({ wasm: file, stdin, args: [] })}\n`);
    });
    rmSync(file);
    if (stdin !== null) rmSync(stdin);
    const r = JSON.parse(line) as { exit: number; stdout: string; stderr: string; trap: string | null };
    return {
      exit: r.exit,
      stdout: Buffer.from(r.stdout, "base64"),
      stderr: Buffer.from(r.stderr, "base64").toString(),
      trap: r.trap,
    };
  }
  close(): void {
    this.child.stdin!.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether there is wasmtime; throws if there is none and ORUS_REQUIRE_WASMTIME asks for it. */
export function mayUseWasmtime(): boolean {
  const there = available();
  if (!there && process.env.ORUS_REQUIRE_WASMTIME)
    throw new Error("wasmtime is required here (ORUS_REQUIRE_WASMTIME) and was not found");
  return there;
}
