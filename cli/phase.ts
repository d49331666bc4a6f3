/** What the command is doing, for the report of a fault of ours. */
let phase = "reading the command line";

export function enterPhase(name: string): void {
  phase = name;
}
export const currentPhase = (): string => phase;
