/**
 * Every conformance probe: what the front end says about it is exactly what the probe expects, code and position, or
 * the program is outside of what is supported so far and says so. Programs without errors leave a complete tree.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { gaps } from "./complete.js";
import { analyse } from "./helper.js";

const ROOT = fileURLToPath(new URL("../../../../tests/conformance/", import.meta.url));

interface Outcome {
  readonly agree: string[];
  readonly outside: string[];
  readonly differ: string[];
}

/** Compile-time errors that a probe expects, as "LINE:COLUMN CODE"; the column may be left out. */
function expected(base: string): string[] {
  if (!existsSync(`${base}.err`)) return [];
  return readFileSync(`${base}.err`, "utf8")
    .split("\n")
    .map((line) => /^(\S+) (E[123]\d+)/.exec(line))
    .flatMap((m) => (m ? [`${m[1]} ${m[2]}`] : []));
}

function run(folder: string): Outcome {
  const out: Outcome = { agree: [], outside: [], differ: [] };
  for (const file of readdirSync(ROOT + folder).filter((name) => name.endsWith(".orus"))) {
    const base = `${ROOT}${folder}/${file.slice(0, -5)}`;
    const { diagnostics, checked, at } = analyse(readFileSync(`${base}.orus`));
    const found = diagnostics.map((d) => `${at(d.span.start)} ${d.code}`);
    const wanted = expected(base);
    const same =
      found.length === wanted.length && wanted.every((w, i) => w === found[i] || w === found[i]!.replace(/:\d+ /, " "));
    if (diagnostics.some((d) => d.code === "E1099")) out.outside.push(file);
    else if (!same) out.differ.push(`${file}: ${found.join(", ")} instead of ${wanted.join(", ")}`);
    else {
      out.agree.push(file);
      if (found.length === 0) expect([file, ...gaps(checked!.modules[0]!.module)]).toEqual([file]);
    }
  }
  return out;
}

test("core", () => {
  const { agree, differ } = run("core");
  expect(differ).toEqual([]);
  expect(agree.length).toBeGreaterThanOrEqual(174);
});
// A support module of the module probes: it is meant to be imported.
test("errors", () => expect(run("errors").differ.filter((line) => !line.startsWith("support_"))).toEqual([]));
test("types", () => expect(run("types").differ).toEqual([]));
