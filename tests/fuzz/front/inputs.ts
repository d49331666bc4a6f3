/**
 * The inputs of the front-end fuzzer: input number `index` of a seed, as bytes. Half of them are tiny changes of right
 * programs, because that is what a person writes; the rest asks more and more unlikely questions, down to random bytes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type Host } from "../../../compiler/index.js";
import { ROOT } from "../../conformance/probes.js";
import { generate } from "../generate.js";
import { grammatical } from "./grammar.js";
import { mutateOnce, noise } from "./mutate.js";
import { Random } from "./random.js";

export const KINDS = ["tiny", "mutated", "spliced", "grammar", "typed", "words", "bytes"] as const;
export type Kind = (typeof KINDS)[number];
export interface Input {
  readonly kind: Kind;
  readonly bytes: Uint8Array;
}

const FOLDERS = [
  ...["core", "errors", "types", "extensions"].map((folder) => join("tests", "conformance", folder)),
  join("tests", "programs", "ops"),
  "examples",
];
/** Longer programs are not changed: an input has a few thousand characters. */
const MAX_SEED = 6_000;

/** Programs to change. */
export interface Seeds {
  readonly all: readonly string[];
  /** Those that the compiler accepts. */
  readonly right: readonly string[];
}

/** A host in which a program is the only file. */
export const alone = (path: string, bytes: Uint8Array): Host => ({
  read: (asked) => (asked === path ? { bytes } : { failed: "there is no such file", absent: true }),
});

export function readSeeds(): Seeds {
  const all = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".orus"))
      .sort()
      .map((name) => readFileSync(join(ROOT, folder, name), "utf8")),
  ).filter((text) => text.length <= MAX_SEED);
  const accepted = (text: string): boolean =>
    compile("seed.orus", alone("seed.orus", new TextEncoder().encode(text))).chunk !== null;
  return { all, right: all.filter(accepted) };
}

function kindOf(n: number): Kind {
  if (n < 45) return "tiny";
  if (n < 60) return "mutated";
  if (n < 66) return "spliced";
  if (n < 82) return "grammar";
  if (n < 90) return "typed";
  return n < 96 ? "words" : "bytes";
}

/** Lines of one program among those of another. */
function splice(a: string, b: string, random: Random): string {
  const into = a.split("\n");
  const from = b.split("\n");
  const start = random.below(from.length);
  into.splice(random.below(into.length + 1), random.below(3), ...from.slice(start, start + 1 + random.below(10)));
  return into.join("\n");
}

function randomBytes(seeds: Seeds, random: Random): Uint8Array {
  const byte = random.oneIn(2) ? () => random.below(256) : () => random.pick([9, 10, 13, 32 + random.below(95)]);
  if (random.oneIn(3)) return Uint8Array.from({ length: random.below(200) }, byte);
  // A few bytes of a program are others: mostly an encoding that is broken in one place.
  const bytes = new TextEncoder().encode(random.pick(seeds.all));
  for (let n = 1 + random.below(4); n > 0 && bytes.length > 0; n--) bytes[random.below(bytes.length)] = byte();
  return random.oneIn(4) ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes;
}

/** Input `index` of `seed`. */
export function makeInput(seed: number, index: number, seeds: Seeds): Input {
  const random = new Random(seed, index);
  const kind = kindOf(random.below(100));
  const text = (value: string): Input => ({ kind, bytes: new TextEncoder().encode(value) });
  const changed = (value: string, times: number): string => {
    let result = value;
    for (let n = times; n > 0; n--) result = mutateOnce(result, random);
    return result;
  };
  switch (kind) {
    case "tiny":
      return text(changed(random.pick(seeds.right), 1 + (random.oneIn(3) ? 1 : 0)));
    case "mutated":
      return text(changed(random.pick(seeds.all), 1 + random.below(6)));
    case "spliced":
      return text(changed(splice(random.pick(seeds.all), random.pick(seeds.all), random), random.below(2)));
    case "grammar":
      return text(changed(grammatical(random), random.oneIn(3) ? 1 : 0));
    case "typed": {
      const numbers = Array.from({ length: 20 + random.below(200) }, () => random.below(1000));
      return text(changed(generate(numbers), 1));
    }
    case "words":
      return text(noise(random));
    case "bytes":
      return { kind, bytes: randomBytes(seeds, random) };
  }
}
