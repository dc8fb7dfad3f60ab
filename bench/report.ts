/** Formats the results of a run as Markdown. */
import { cpus } from 'node:os';
import type { Measured } from './load.ts';
import { settings } from './settings.ts';
import { ratios, type Spread, spread } from './statistics.ts';

export interface Figures {
  readonly rounds: readonly (Measured & { readonly cpuSeconds: number; readonly writtenBytes: number })[];
  /** The different requests of all rounds. */
  readonly sent: ReadonlySet<string>;
}

export interface Results {
  readonly figures: Readonly<Record<string, Figures>>;
  /** Requests per second in slices of a long run. */
  readonly slices: Readonly<Record<string, readonly number[]>>;
  readonly sliceSeconds: number;
  /** Milliseconds to the first response after a start. */
  readonly starts: readonly number[];
  /** Bytes. */
  readonly rss: { readonly product: number; readonly peer: number };
  /** Numbers of authorizations in the two databases. */
  readonly sizes: { readonly few: number; readonly many: number };
  readonly minutes: number;
  /** The load average before the run. */
  readonly busyBefore: number;
}

interface Line {
  readonly what: string;
  readonly value: Spread;
  readonly digits: number;
  readonly goal: string;
  readonly met: boolean;
}

/** `met`: all goals are met. */
export function report(results: Results): { readonly markdown: string; readonly met: boolean } {
  const lines = compare(results);
  const parts = [heading(results), goals(lines), requests(results.figures), longRuns(results), memory(results)];
  return { markdown: parts.join('\n'), met: lines.every(({ met }) => met) };
}

function heading({ minutes, busyBefore }: Results): string {
  const { rounds, seconds, connections, tokens } = settings;
  const day = new Date().toISOString().slice(0, 10);
  return `### ${day}

${rounds} rounds of ${seconds} s, ${connections} connections, ${number(tokens)} tokens; ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, SQLite.
The machine's load average before was ${busyBefore.toFixed(2)}; the run took ${minutes.toFixed(0)} minutes.
`;
}

function goals(lines: readonly Line[]): string {
  const rows = lines.map(({ what, value, digits, goal, met }) => [
    what,
    number(value.median, digits),
    range(value, digits),
    goal,
    met ? 'met' : '**missed**',
  ]);
  return table(['what', 'median', 'least to most', 'goal', ''], rows);
}

function requests(figures: Results['figures']): string {
  const rows = Object.entries(figures).map(([name, { rounds, sent }]) => {
    const rate = spread(rounds.map(({ perSecond }) => perSecond));
    const perResponse = (total: (round: Figures['rounds'][number]) => number) =>
      spread(rounds.map((round) => total(round) / round.responses)).median;
    return [
      name,
      number(sent.size),
      `${number(rate.median)} (${range(rate)})`,
      number(perResponse(({ cpuSeconds }) => cpuSeconds * 1e6)),
      number(perResponse(({ writtenBytes }) => writtenBytes)),
      `${number(spread(rounds.map(({ busy }) => busy * 100)).median)} %`,
    ];
  });
  const columns = ['requests', 'different ones', 'per second', 'µs of processor each', 'bytes written each', 'load'];
  return table(columns, rows);
}

function longRuns({ slices, sliceSeconds }: Results): string {
  const rows = Object.entries(slices).map(([name, rates]) => [name, rates.map((rate) => number(rate)).join(', ')]);
  return table([`without a pause, slices of ${sliceSeconds} s`, 'requests per second'], rows);
}

function memory({ rss }: Results): string {
  return `Resident memory after the run: ${number(rss.product / 2 ** 20)} MB; of oidc-provider ${number(rss.peer / 2 ** 20)} MB.\n`;
}

function compare({ figures, starts, rss, sizes }: Results): readonly Line[] {
  const ratesOf = (name: string) => {
    const { rounds = [] } = figures[name] ?? {};
    if (rounds.length === 0) throw new Error(`${name} was not measured`);
    return rounds.map(({ perSecond }) => perSecond);
  };
  const atLeast = (what: string, [name, floor]: readonly [string, string], goal: number): Line => {
    const value = ratios(ratesOf(name), ratesOf(floor));
    return { what, value, digits: 2, goal: `>= ${goal}`, met: value.median >= goal };
  };
  /** At most 10 % slower than with few authorizations. */
  const scales = (what: string, name: string): Line =>
    atLeast(`${what}, ${number(sizes.many)} / ${number(sizes.few)} authorizations`, [`${name}, many`, name], 0.9);
  const start = spread(starts);
  const megabytes = spread([rss.product / 2 ** 20]);
  return [
    atLeast('refresh / compute floor', ['refresh', 'token floor'], 0.7),
    atLeast('refresh / oidc-provider with Maps in memory', ['refresh', 'refresh, oidc-provider'], 4),
    atLeast('code exchange / one commit for each request', ['code exchange', 'commit floor'], 3),
    atLeast('devices list / the same without its guard', ['devices', 'devices, unguarded'], 0.8),
    scales('refresh', 'refresh'),
    scales('code exchange', 'code exchange'),
    scales('devices list', 'devices'),
    { what: 'first answer after the start, ms', value: start, digits: 0, goal: '<= 500', met: start.median <= 500 },
    { what: 'resident memory, MB', value: megabytes, digits: 0, goal: '< 200', met: megabytes.median < 200 },
  ];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(columns) + line(columns.map(() => '---')) + rows.map(line).join('');
}

function range({ least, most }: Spread, digits = 0): string {
  return `${number(least, digits)} to ${number(most, digits)}`;
}

function number(value: number, digits = 0): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
