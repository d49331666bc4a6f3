/** The checked-in generated files are what the tables say. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { generated } from "../scripts/gen.js";

describe("generated files", () => {
  for (const [path, text] of Object.entries(generated())) {
    test(path, () => expect(readFileSync(path, "utf8")).toBe(text));
  }
});
