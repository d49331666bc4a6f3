/**
 * The kept inputs: one small file each in tests/fuzz/front/corpus/. `CODES.orus` is the smallest input found with exactly
 * these codes (one or two: more say nothing new about how rules meet); `fault-NAME.orus` once broke a rule.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../conformance/probes.js";
import { examine, Fault, type Seen, SLOW } from "./examine.js";
import { shrink } from "./shrink.js";

const FOLDER = join(ROOT, "tests", "fuzz", "front", "corpus");
/** Larger ones are not kept: they are for people to read. */
const MAX_KEPT = 400;
const MAX_CODES = 2;

export interface Kept {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function readCorpus(): Kept[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".orus"))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(FOLDER, name)) }));
}

const pathOf = (name: string): string => join(FOLDER, `${name}.orus`);

/** What an input showed, or the rule that it broke. */
export function outcome(bytes: Uint8Array): Seen | Fault {
  try {
    return examine(bytes);
  } catch (e) {
    if (e instanceof Fault) return e;
    throw e;
  }
}

/** A fault without what differs from program to program. */
const kindOf = (fault: Fault): string => fault.what.replace(/\d+|`[^`]*`|'[^']*'/g, "…");

/** An input that broke a rule, made small. */
export function smallest(fault: Fault, bytes: Uint8Array): Uint8Array {
  const shows = (b: Uint8Array): boolean => {
    const seen = outcome(b);
    return seen instanceof Fault && kindOf(seen) === kindOf(fault);
  };
  // Thousands of trials of what is slow would not end today.
  return fault.what === SLOW ? bytes : shrink(bytes, shows);
}

/** Keeps an input that broke a rule; answers its file name. */
export function keepFault(fault: Fault, bytes: Uint8Array): string {
  const words = kindOf(fault)
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
  const base = `fault-${words.slice(0, 60)}`;
  let name = base;
  for (let n = 2; existsSync(pathOf(name)); n++) name = `${base}-${n}`;
  writeFileSync(pathOf(name), bytes);
  return name;
}

/** Collects inputs with codes that no kept one has. */
export class Collection {
  private readonly known: Set<string>;
  constructor() {
    this.known = new Set(readCorpus().map(({ name }) => name.replace(/\.orus$/, "")));
  }
  /** Looks at the codes of an input and keeps it, made small, if they are new. */
  offer({ codes, accepted }: Seen, bytes: Uint8Array): void {
    if (codes.length === 0 || codes.length > MAX_CODES) return;
    const name = codes.join("-");
    if (this.known.has(name)) return;
    this.known.add(name);
    const small = shrink(bytes, (b) => {
      const seen = outcome(b);
      return !(seen instanceof Fault) && seen.accepted === accepted && seen.codes.join("-") === name;
    });
    if (small.length <= MAX_KEPT) writeFileSync(pathOf(name), small);
  }
}
