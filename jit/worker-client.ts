/**
 * The compiler as a worker thread of Node. It starts when something is warm (Binaryen takes about 400 ms to load), and
 * never keeps the process alive.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Compiler, Finished, Program, Request } from "./compiler.js";

/** In the published bundle the worker is a file of its own beside this one. */
function workerFile(): URL {
  const bundled = new URL("./worker-node.mjs", import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL("./worker-node.js", import.meta.url);
}

export class WorkerCompiler implements Compiler {
  private worker: Worker | null = null;
  private port: MessagePort | null = null;
  private readonly bell = new Int32Array(new SharedArrayBuffer(4));
  private known: Program | null = null;
  private pending = 0;

  warm(program: Program): void {
    if (!this.worker) {
      const { port1, port2 } = new MessageChannel();
      this.port = port1;
      this.worker = new Worker(workerFile(), { workerData: { signal: this.bell.buffer, port: port2 }, transferList: [port2] });
      this.worker.on("error", () => {});
      this.worker.unref();
      port1.unref();
    }
    if (this.known === program) return;
    this.known = program;
    this.port!.postMessage({ program });
  }
  request(program: Program, request: Request): void {
    this.warm(program);
    this.pending++;
    this.port!.postMessage({ request });
  }
  finished(): Finished[] {
    const list: Finished[] = [];
    if (!this.port) return list;
    for (let m = receiveMessageOnPort(this.port); m; m = receiveMessageOnPort(this.port)) list.push(m.message as Finished);
    this.pending -= list.length;
    return list;
  }
  wait(): Finished[] {
    while (this.pending > 0) {
      const heard = Atomics.load(this.bell, 0);
      const list = this.finished();
      if (list.length > 0) return list;
      Atomics.wait(this.bell, 0, heard);
    }
    return [];
  }
  close(): void {
    void this.worker?.terminate();
    this.worker = null;
    this.port = null;
    this.known = null;
  }
}
