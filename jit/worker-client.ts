/**
 * The compiler as a worker thread of Node. It starts when something is warm (Binaryen takes about 400 ms to load), and
 * never keeps the process alive. Messages are taken with `receiveMessageOnPort`, which works while this thread is busy
 * with a program; to wait for one it sleeps on a shared word that the worker changes.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { MessagePort, Worker } from "node:worker_threads";
import type { Compiler, Finished, Program, Request } from "./compiler.js";
import type { ToWorker } from "./worker-node.js";

/** A worker that says nothing for so long has died: loading Binaryen on a busy machine takes a few seconds. */
const PATIENCE_MS = 30_000;

/** In the published bundle the worker is a file of its own beside this one. */
function workerFile(): URL {
  const bundled = new URL("./worker-node.mjs", import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL("./worker-node.js", import.meta.url);
}

interface Started {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly take: () => Finished[];
}

export class WorkerCompiler implements Compiler {
  private started: Started | null = null;
  private readonly bell = new Int32Array(new SharedArrayBuffer(4));
  private known: Program | null = null;
  private readonly pending = new Set<number>();
  /** Answers that need no worker: it is gone. */
  private lost: Finished[] = [];
  private gone = false;

  constructor(
    private readonly file: URL | null = null,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  warm(program: Program, likely: Request): void {
    this.tell(program, { likely });
  }
  request(program: Program, request: Request): void {
    this.pending.add(request.id);
    if (this.gone) this.giveUp();
    else this.tell(program, { request });
  }
  finished(): Finished[] {
    const list = [...this.lost.splice(0), ...(this.started?.take() ?? [])];
    for (const f of list) this.pending.delete(f.id);
    return list;
  }
  wait(): Finished[] {
    for (;;) {
      const heard = Atomics.load(this.bell, 0);
      const list = this.finished();
      if (list.length > 0 || this.pending.size === 0) return list;
      if (Atomics.wait(this.bell, 0, heard, this.patienceMs) === "timed-out") this.giveUp();
    }
  }
  close(): void {
    void this.started?.worker.terminate();
    this.started = null;
    this.known = null;
    this.pending.clear();
  }

  private tell(program: Program, message: ToWorker): void {
    this.started ??= this.start();
    if (this.known !== program) this.started.port.postMessage({ program } satisfies ToWorker);
    this.known = program;
    this.started.port.postMessage(message);
  }

  private start(): Started {
    // Loaded here, because most programs end before anything is warm.
    const { MessageChannel, receiveMessageOnPort, Worker } = createRequire(import.meta.url)(
      "node:worker_threads",
    ) as typeof import("node:worker_threads");
    const { port1: port, port2 } = new MessageChannel();
    const worker = new Worker(this.file ?? workerFile(), {
      workerData: { signal: this.bell.buffer, port: port2 },
      transferList: [port2],
    });
    // Heard only while this thread is idle; a busy one runs out of patience.
    worker.on("error", () => this.giveUp());
    worker.unref();
    port.unref();
    const take = (): Finished[] => {
      const list: Finished[] = [];
      for (let m = receiveMessageOnPort(port); m; m = receiveMessageOnPort(port)) list.push(m.message as Finished);
      return list;
    };
    return { worker, port, take };
  }

  /** Everything that is waited for fails: the program goes on in the interpreter. */
  private giveUp(): void {
    this.gone = true;
    for (const id of this.pending)
      this.lost.push({ id, ms: 0, failed: "build.failed", detail: "the compiler's thread has ended" });
    this.pending.clear();
  }
}
