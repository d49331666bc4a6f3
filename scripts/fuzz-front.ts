/**
 * `npm run fuzz:front -- [--inputs N] [--minutes M] [--seed S] [--show I] [--keep] [--dry]`: inputs of any kind through
 * the front end (tests/fuzz/front). It works in a thread of its own and this one watches: an input that never ends cannot
 * be stopped otherwise. `--show I` prints input I of the seed; `--keep` collects inputs with new diagnostics in the corpus.
 * An input that breaks a rule is printed, made small, and put there as well (`--dry`: printed only). The exit code is 1
 * when there was one.
 */
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { TABLE } from "../compiler/diagnostics/index.js";
import { Collection, keepFault, outcome, smallest } from "../tests/fuzz/front/corpus.js";
import { Fault } from "../tests/fuzz/front/examine.js";
import { KINDS, makeInput, readSeeds } from "../tests/fuzz/front/inputs.js";

/** Milliseconds after which an input is given up: the thread itself reports what is slow and ends. */
const GIVEN_UP = 30_000;
const LOOK = 250;
/** Inputs between two reports of the thread. */
const BATCH = 5_000;
/** Different faults after which there is enough to do. */
const ENOUGH = 30;

interface Task {
  readonly seed: number;
  readonly first: number;
  readonly inputs: number;
  readonly keep: boolean;
  readonly dry: boolean;
  /** One number: the input that is being examined. */
  readonly current: Int32Array;
}
/** Counts since the last report. */
interface Report {
  readonly done: number;
  readonly accepted: readonly number[];
  readonly made: readonly number[];
  readonly codes: readonly string[];
  readonly faults: readonly string[];
}

/** The thread: examines inputs from `first` on. */
function work({ seed, first, inputs, keep, dry, current }: Task): void {
  const seeds = readSeeds();
  const collection = keep ? new Collection() : null;
  const known = new Set<string>();
  for (let start = first; start < inputs; start += BATCH) {
    const accepted = KINDS.map(() => 0);
    const made = KINDS.map(() => 0);
    const codes = new Set<string>();
    const faults: string[] = [];
    const end = Math.min(start + BATCH, inputs);
    for (let i = start; i < end; i++) {
      Atomics.store(current, 0, i);
      const { kind, bytes } = makeInput(seed, i, seeds);
      const seen = outcome(bytes);
      made[KINDS.indexOf(kind)]!++;
      if (seen instanceof Fault) {
        if (known.has(seen.what)) continue;
        known.add(seen.what);
        const small = smallest(seen, bytes);
        const kept = dry ? "" : `kept as ${keepFault(seen, small)}\n`;
        faults.push(`input ${i} (${kind}): ${seen.message}\n${kept}${Buffer.from(small)}`);
        continue;
      }
      if (seen.accepted) accepted[KINDS.indexOf(kind)]!++;
      for (const code of seen.codes) codes.add(code);
      collection?.offer(seen, bytes);
    }
    const report: Report = { done: end - start, accepted, made, codes: [...codes], faults };
    parentPort!.postMessage(report);
  }
}

/** Runs threads until all inputs are examined or the time is over; a thread that hangs is replaced. */
async function watch(how: Omit<Task, "first" | "current">, end: number): Promise<number> {
  const { seed, inputs, dry } = how;
  const started = performance.now();
  const accepted = KINDS.map(() => 0);
  const made = KINDS.map(() => 0);
  const codes = new Set<string>();
  let faults = 0;
  let done = 0;
  const seconds = (): number => Math.round((performance.now() - started) / 1000);
  for (let first = 0; first < inputs && performance.now() < end && faults < ENOUGH; ) {
    const current = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
    const task: Task = { ...how, first, current };
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    let last = -1;
    let since = performance.now();
    const ended = await new Promise<"all" | "hang" | "over">((resolve, reject) => {
      const timer = setInterval(() => {
        const at = Atomics.load(current, 0);
        if (at !== last) [last, since] = [at, performance.now()];
        if (performance.now() > end || faults >= ENOUGH) resolve("over");
        else if (performance.now() - since > GIVEN_UP) resolve("hang");
      }, LOOK);
      worker.on("message", (r: Report) => {
        done += r.done;
        r.accepted.forEach((n, k) => {
          accepted[k]! += n;
        });
        r.made.forEach((n, k) => {
          made[k]! += n;
        });
        for (const code of r.codes) codes.add(code);
        for (const fault of r.faults) console.log(`\n${fault}`);
        faults += r.faults.length;
        if (process.stdout.isTTY) process.stdout.write(`\r${done} inputs, ${faults} faults, ${seconds()} s `);
      });
      worker.on("error", reject);
      worker.on("exit", () => {
        clearInterval(timer);
        resolve("all");
      });
    });
    await worker.terminate();
    if (ended !== "hang") break;
    if (last < 0) throw new Error("no end while reading the programs of the tests");
    faults++;
    const { bytes } = makeInput(seed, last, readSeeds());
    const hang = new Fault(`hang ${seed} ${last}`, `no end after ${GIVEN_UP} ms`);
    const kept = dry ? "" : `kept as ${keepFault(hang, bytes)}\n`;
    console.log(`\ninput ${last}: ${hang.message}\n${kept}${Buffer.from(bytes)}`);
    first = last + 1;
  }
  console.log(`\n${done} inputs in ${seconds()} s, ${faults} faults`);
  for (const [k, kind] of KINDS.entries()) console.log(`  ${kind.padEnd(8)} ${made[k]}, accepted ${accepted[k]}`);
  const wanted = Object.entries(TABLE).filter(([, row]) => row.category !== "runtime");
  console.log(`codes seen: ${codes.size}; never: ${wanted.flatMap(([c]) => (codes.has(c) ? [] : [c])).join(" ")}`);
  return faults === 0 ? 0 : 1;
}

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      inputs: { type: "string", default: "1000000" },
      minutes: { type: "string", default: "Infinity" },
      seed: { type: "string", default: "1" },
      show: { type: "string" },
      keep: { type: "boolean", default: false },
      dry: { type: "boolean", default: false },
    },
  });
  const [inputs, minutes, seed] = [Number(values.inputs), Number(values.minutes), Number(values.seed)];
  if (!Number.isInteger(inputs) || Number.isNaN(minutes) || !Number.isInteger(seed)) {
    console.error("fuzz:front: --inputs N, --minutes M and --seed S take numbers");
    return 64;
  }
  if (values.show !== undefined) {
    process.stdout.write(makeInput(seed, Number(values.show), readSeeds()).bytes);
    return 0;
  }
  console.log(`seed ${seed}`);
  return watch({ seed, inputs, keep: values.keep, dry: values.dry }, performance.now() + minutes * 60_000);
}

if (isMainThread) process.exitCode = await main(process.argv.slice(2));
else work(workerData as Task);
