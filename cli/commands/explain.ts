/** `orus explain CODE`: what a diagnostic means, from its row in the table. */
import { CATEGORIES, type Code, rowOf, severityOf, TABLE } from "../../compiler/diagnostics/table.js";
import type { Call } from "../options.js";
import { writeText } from "../streams.js";
import { didYouMean, UsageError } from "../usage.js";

const WIDTH = 80;

/** Words broken into lines below a hanging name. */
function paragraph(name: string, text: string): string {
  const indent = " ".repeat(10);
  const lines: string[] = [];
  let line = `${name}:`.padEnd(indent.length);
  for (const word of text.split(" ")) {
    if (line.length + word.length > WIDTH && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join("\n");
}

function page(code: Code): string {
  const { category, title, when, help, messages = [] } = rowOf(code);
  const parts = [`${CATEGORIES[category]} [${code}]: ${title}`, "", paragraph("when", when)];
  if (help !== undefined) parts.push(paragraph("help", help));
  for (const [text, type, kind] of messages) {
    parts.push(paragraph("message", type === null ? text : `${text} (${type}; kind \`${kind}\`)`));
  }
  if (messages.some(([, type]) => type !== null)) parts.push(paragraph("note", "a program can catch it with `try`"));
  if (severityOf(code) === "warning") {
    parts.push(
      paragraph("note", `stops a program only with \`--deny-warnings\`; allow it on a line: \`// allow ${code}\``),
    );
  }
  return `${parts.join("\n")}\n`;
}

export async function execute({ operands }: Call): Promise<number> {
  const [word, more] = operands;
  if (word === undefined) throw new UsageError("missing code: orus explain CODE, for instance `orus explain E2001`");
  if (more !== undefined) throw new UsageError(`one code at a time: \`${more}\` is too much`);
  const code = word.toUpperCase();
  if (!Object.hasOwn(TABLE, code)) {
    throw new UsageError(`there is no diagnostic \`${word}\`${await didYouMean(code, Object.keys(TABLE))}`);
  }
  writeText(1, page(code as Code));
  return 0;
}
