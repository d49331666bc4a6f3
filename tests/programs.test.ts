/**
 * Programs of the kind people write (tests/programs), each with a twin in Python beside it that produced the expected
 * output: in every tier the same bytes and the same exit code. Those with long loops must have run in native code.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { hostOf, ROOT } from "./conformance/probes.js";
import { binaryen } from "./support/binaryen.js";
import { type Compiled, compiledBy, inEngine, type Seen, Tiers } from "./support/tiers.js";

const FOLDER = join(ROOT, "tests", "programs");
const tiers = new Tiers(binaryen);

/** Programs: files with an expected output beside them. Modules have none. */
function programs(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "ops" ? [] : programs(path);
    return path.endsWith(".orus") && existsSync(path.replace(/\.orus$/, ".out")) ? [path] : [];
  });
}
const text = (path: string, extension: string): string | null => {
  const file = path.replace(/\.orus$/, extension);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
};

describe.each(programs(FOLDER).map((path) => [relative(FOLDER, path), path]))("%s", (_, path) => {
  const name = relative(dirname(path), path);
  const found = compiledBy(name, hostOf(dirname(path)));
  const expected = { out: text(path, ".out")!, exit: Number(text(path, ".exit") ?? 0) };
  const input = new TextEncoder().encode(text(path, ".in") ?? "");
  const seen = ({ out, exit, fault }: Seen) => (fault === undefined ? { out, exit } : { out, exit, fault });
  const program = (): Compiled => {
    if ("rejected" in found) throw new Error(found.rejected.join(", "));
    return { ...found, input };
  };
  test("interpreter", () => expect(seen(tiers.interp(program()))).toEqual(expected));
  test("native", () => {
    const { run, ...rest } = inEngine(program(), { engine: "jit", threshold: 100 }, tiers.compiler);
    expect(seen(rest)).toEqual(expected);
    const { units } = run.stats();
    const failed = units.filter((u) => u.reason?.startsWith("build."));
    expect(failed.map((u) => `${u.function} at ${u.line}: ${u.reason}`)).toEqual([]);
    if (units.length > 0) expect(units.some((u) => u.entries > 0)).toBe(true);
  });
  test("built", () => expect(seen(tiers.aot(program()))).toEqual(expected));
});
