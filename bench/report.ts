import { ratios, type Spread, spread } from './statistics.ts';

interface Results {
  readonly rates: Readonly<Record<string, readonly number[]>>;
  /** ms */
  readonly starts: readonly number[];
  /** Bytes. */
  readonly rss: number;
  readonly few: number;
  readonly many: number;
}

interface Line {
  readonly what: string;
  readonly value: Spread;
  readonly goal: string;
  readonly met: boolean;
}

/** Prints rates and ratios against their goals. Answers whether all were met. */
export function report(results: Results): boolean {
  const lines = compare(results);
  const print = (text: string) => process.stdout.write(`${text}\n`);
  print('\nRequests per second (median, least to most)');
  for (const [name, values] of Object.entries(results.rates)) {
    print(`  ${name.padEnd(26)} ${shown(spread(values), 0)}`);
  }
  print('\nRatios within a round (median, least to most)');
  for (const { what, value, goal, met } of lines) {
    print(`  ${met ? 'met   ' : 'MISSED'}  ${what.padEnd(52)} ${shown(value, 2).padEnd(28)} goal ${goal}`);
  }
  return lines.every(({ met }) => met);
}

function compare({ rates, starts, rss, few, many }: Results): readonly Line[] {
  const ratio = (name: string, floor: string) => ratios(rates[name] ?? [], rates[floor] ?? []);
  const atLeast = (what: string, value: Spread, goal: number): Line => ({
    what,
    value,
    goal: `>= ${goal}`,
    met: value.median >= goal,
  });
  /** At most 10 % slower; being faster is no fault. */
  const within = (what: string, value: Spread): Line => atLeast(what, value, 0.9);
  const start = spread(starts);
  const megabytes = spread([rss / 1024 / 1024]);
  return [
    atLeast('refresh / compute floor', ratio('refresh', 'token floor'), 0.7),
    atLeast('refresh / oidc-provider in memory', ratio('refresh', 'refresh, oidc-provider'), 4),
    atLeast('code exchange / one commit for each request', ratio('code exchange', 'commit floor'), 3),
    atLeast('devices list / the same without its guard', ratio('devices', 'devices, unguarded'), 0.8),
    within(`refresh with ${many} / with ${few} authorizations`, ratio('refresh, many', 'refresh')),
    within(`code exchange with ${many} / with ${few}`, ratio('code exchange, many', 'code exchange')),
    within(`devices list with ${many} / with ${few}`, ratio('devices, many', 'devices')),
    { what: 'first answer after the start (ms)', value: start, goal: '<= 500', met: start.median <= 500 },
    { what: 'resident memory after the run (MB)', value: megabytes, goal: '< 200', met: megabytes.median < 200 },
  ];
}

function shown({ least, median, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}
