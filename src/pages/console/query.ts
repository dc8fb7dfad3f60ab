/** One of a few, or nothing. */
export function oneOf<Choice extends string>(text: string | undefined, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === text);
}

/** The number of a row in an address; `undefined`: there can be no such row. */
export function idFrom(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}
