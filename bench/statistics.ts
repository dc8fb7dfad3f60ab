/** The distribution of several measurements. */
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

/**
 * The ratios of two rates, round by round. The two of a round are measured within seconds, so that changes in the speed
 * of the machine cancel out.
 */
export function ratios(rates: readonly number[], floors: readonly number[]): Spread {
  return spread(rates.map((rate, round) => rate / (floors[round] ?? Number.NaN)));
}
