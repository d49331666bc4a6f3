/** What `orus explain` says about a code beyond its row in the table. */

/** A program, or what is typed at a prompt where no program alone shows the point. */
export type Example = string | Program | Prompt;
export interface Program {
  /** Of the main file. */
  readonly text: string;
  /** Further modules beside it, by name. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Options of `orus` that it needs. */
  readonly options?: readonly string[];
  /** How the file is saved, if not in UTF-8. */
  readonly encoding?: "latin1";
}
export interface Prompt {
  readonly prompt: string;
}

/**
 * `text` is one or more paragraphs, separated by an empty line. Programs begin with a line end, so that they stand in the
 * source as they will be shown; the wrong one gives exactly this code, the right one runs without any diagnostic.
 */
export interface Entry {
  readonly text: string;
  readonly wrong: Example;
  readonly right: Example;
}
