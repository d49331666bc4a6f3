/** `orus explain CODE`: what a diagnostic means, from its row in the table and its entry among the explanations. */
import type { Example } from "../../compiler/diagnostics/explain/index.js";
import { CATEGORIES, type Code, rowOf, severityOf, TABLE } from "../../compiler/diagnostics/table.js";
import type { Call } from "../options.js";
import { writeText } from "../streams.js";
import { didYouMean, UsageError } from "../usage.js";

const WIDTH = 80;
const PLANNED = "Belongs to a part of the language that this version does not have yet.";

/** Words broken into lines of at most `WIDTH` columns, the first one after `head`, the others below its end. */
function paragraph(head: string, text: string): string {
  const indent = " ".repeat(head.length);
  const lines: string[] = [];
  let line = head;
  for (const word of text.split(" ")) {
    if (line.length + word.length > WIDTH && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join("\n");
}
const named = (name: string, text: string): string => paragraph(`${name}:`.padEnd(10), text);

/** The lines of a file, set in; a line too long to be read is cut. */
function listing(text: string): string {
  const cut = (line: string): string => (line.length > WIDTH - 5 ? `${line.slice(0, WIDTH - 6)}…` : line);
  return text
    .trim()
    .split("\n")
    .map((line) => `    ${cut(line)}`.trimEnd())
    .join("\n");
}

/** An example under its heading. */
function shown(heading: string, example: Example): string {
  if (typeof example === "string") return `${heading}:\n\n${listing(example)}`;
  if ("prompt" in example) return `${heading}:\n\n${listing(`$ ${example.prompt}`)}`;
  const { text, modules = {}, options, encoding } = example;
  const notes = [
    ...(options === undefined ? [] : [`run with \`${options.join(" ")}\``]),
    ...(encoding === undefined ? [] : ["saved in Latin-1"]),
  ];
  const head = notes.length > 0 ? `${heading}, ${notes.join(", ")}:` : `${heading}:`;
  const others = Object.entries(modules).map(([name, module]) => `and \`${name}.orus\`:\n\n${listing(module)}`);
  return [`${head}\n\n${listing(text)}`, ...others].join("\n\n");
}

async function page(code: Code): Promise<string> {
  const { ENTRIES } = await import("../../compiler/diagnostics/explain/index.js");
  const { text, wrong, right } = ENTRIES[code];
  const { category: heading, title, when, planned, help, messages = [] } = rowOf(code);
  const warning = severityOf(code) === "warning";
  const facts = [named("when", when)];
  if (typeof planned === "string") facts.push(named("planned", `${planned}: not in this version yet`));
  if (help !== undefined) facts.push(named("help", help));
  for (const [message, type] of messages) {
    const [first = "", ...more] = message.split("\n");
    const category = type === null ? "" : ` (${type})`;
    facts.push(named("message", `${first}${category}`), ...more.map((line) => `${" ".repeat(10)}${line}`));
  }
  if (messages.some(([, type]) => type !== null)) facts.push(named("note", "a program can catch it with `try`"));
  if (warning) {
    facts.push(
      named("note", `stops a program only with \`--deny-warnings\`; allow it on a line: \`// allow ${code}\``),
    );
  }
  return `${[
    `${CATEGORIES[heading]} [${code}]: ${title}`,
    ...(planned === true ? [paragraph("", PLANNED)] : []),
    ...text.split("\n\n").map((part) => paragraph("", part)),
    shown(warning ? "With the warning" : "Wrong", wrong),
    shown(warning ? "Without" : "Right", right),
    facts.join("\n"),
  ].join("\n\n")}\n`;
}

export async function execute({ operands }: Call): Promise<number> {
  const [word, more] = operands;
  if (word === undefined) throw new UsageError("missing code: orus explain CODE, for instance `orus explain E2001`");
  if (more !== undefined) throw new UsageError(`one code at a time: \`${more}\` is too much`);
  const code = word.toUpperCase();
  if (!Object.hasOwn(TABLE, code)) {
    throw new UsageError(`there is no diagnostic \`${word}\`${await didYouMean(code, Object.keys(TABLE))}`);
  }
  writeText(1, await page(code as Code));
  return 0;
}
