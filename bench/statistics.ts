/** What is said of several measurements. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { least: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, most: at(sorted.length - 1) };
}

/** The ratio within each round: both were measured within seconds, so the drift of the machine cancels out. */
export function ratios(rates: readonly number[], floors: readonly number[]): Spread {
  return spread(rates.map((rate, round) => rate / (floors[round] ?? Number.NaN)));
}
