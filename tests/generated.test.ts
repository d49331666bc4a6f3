/** The checked-in generated files are what the tables say. */
import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { generated } from "../scripts/gen.js";

describe("generated files", () => {
  for (const [path, text] of Object.entries(generated())) {
    test(path, () => expect(readFileSync(path, "utf8")).toBe(text));
  }
});
