/** The package as another program imports it: docs/embedding.md, in a process of its own. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { ROOT } from "./conformance/probes.js";

const folder = mkdtempSync(join(tmpdir(), "orus-embedding-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const api = pathToFileURL(
  join(ROOT, (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { exports: string }).exports),
);
const examples = [...readFileSync(join(ROOT, "docs", "embedding.md"), "utf8").matchAll(/```js\n(.*?)```/gs)].map(
  (m) => m[1]!,
);

function runExample(text: string): { out: string; err: string; code: number | null } {
  const file = join(folder, "example.mjs");
  writeFileSync(file, text.replace('"orus"', JSON.stringify(api.href)));
  const r = spawnSync(process.execPath, [file], { encoding: "utf8" });
  return { out: r.stdout, err: r.stderr, code: r.status };
}

test("the short way", () => {
  expect(runExample(examples[0]!)).toEqual({ out: "hi\n0 0\n", err: "", code: 0 });
});

test("step by step", () => {
  const { out, err, code } = runExample(examples[1]!);
  expect([err, code]).toEqual(["", 0]);
  expect(out).toMatch(/^hi\n\{\n {2}events: 0,/);
});

test("modules and input", () => {
  expect(runExample(examples[2]!)).toEqual({ out: "12 euros\n", err: "", code: 0 });
});

test("native code: the thread is found beside the bundle, and does not keep the process alive", () => {
  const text = `import { createEngine } from "orus";
    const orus = createEngine({ engine: "jit", threshold: 1 });
    const { stats } = orus.runText("mut t = 0\\nfor i in 0..1000:\\n    t = t + i % 7\\nprint(t)\\n");
    console.log(stats.nativeShare, stats.units[0].state);`;
  expect(runExample(text)).toEqual({ out: "2997\n1 compiled\n", err: "", code: 0 });
});
