/** What was written is out, whatever is at the other end of the pipe. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";

const streams = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), "..", "..", "cli", "streams.js")).href;
const SIZE = 1_000_000;
const WRITER = `import { writeText } from ${JSON.stringify(streams)};
  try { writeText(1, "x".repeat(${SIZE})); } catch (e) { process.exit(e.closed ? 74 : 1); }`;
/** Makes the pipe that it shares with the writer non-blocking, as another process of a script may. */
const NON_BLOCKING = "process.stdout._handle.setBlocking(false); setTimeout(() => {}, 1000);";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const node = (program: string): string => `${quoted(process.execPath)} --input-type=module -e ${quoted(program)}`;
const shell = (line: string): { stdout: string; stderr: string } =>
  spawnSync("bash", ["-c", line], { encoding: "utf8", maxBuffer: 4 * SIZE });

test("a slow reader of a non-blocking pipe gets everything", () => {
  const line = `{ ${node(NON_BLOCKING)} & sleep 0.3; ${node(WRITER)}; echo $? >&2; } | (sleep 1; wc -c)`;
  expect(shell(line)).toMatchObject({ stdout: `${SIZE}\n`, stderr: "0\n" });
});

test("a reader that has gone is a closed output", () => {
  const line = `${node(WRITER)} | head -c 1; echo " \${PIPESTATUS[0]}"`;
  expect(shell(line)).toMatchObject({ stdout: "x 74\n", stderr: "" });
});
