import { type Command, InvalidArgumentError, Option } from 'commander';
import { type FilterValue, readActionFilter, readActorFilter, readSubjectFilter } from '../../audit/filter.ts';
import { jsonOf, lineOf, printable, readMoment } from '../../audit/text.ts';
import type { AuditBreak, AuditVerdict, Store } from '../../ports/store/index.ts';
import { type DataOptions, printResult, withDataOptions, withStore } from '../context.ts';
import { exportEntries } from './audit-export.ts';

const maxListed = 1000;
const progressStep = 100_000;

/** `insiders audit …` */
export function auditCommand(program: Command): void {
  const audit = program.command('audit').description('the audit log: what happened, and whether it is all there');
  withDataOptions(audit.command('list'))
    .description('what happened, newest first')
    .option('--since <time>', 'from this day or moment on, e.g. 2026-05-01 or 2026-05-01T12:00:00Z', moment)
    .option('--until <time>', 'before this day or moment', moment)
    .option('--actor <who>', 'an email address, a name, a client ID, user:<id>, command-line or platform')
    .option('--action <action>', 'e.g. application.suspended, or all that begin so: application.')
    .option('--subject <subject>', 'an email address, a name, a client ID, or e.g. device:7')
    .option('--search <text>', 'a part of any text; looks through 10000 entries at a time', searchText)
    .option('--before <id>', 'go on after this entry, with what is older', wholeNumber)
    .option('--limit <number>', `at most so many, up to ${maxListed}`, limit, 50)
    .action(list);
  withDataOptions(audit.command('export'))
    .description('all of it, oldest first')
    .addOption(
      new Option('--format <format>', 'one JSON object a line, or a table').choices(['jsonl', 'csv']).default('jsonl'),
    )
    .option('--out <file>', 'a new file that only you can read; standard output if left out')
    .action(exportEntries);
  withDataOptions(audit.command('verify'))
    .description('check that no entry was changed, removed, moved or put in since it was appended')
    .action(verify);
}

function moment(text: string): number {
  return readMoment(text) ?? wrong('Give a day, 2026-05-01, or a moment with its offset, 2026-05-01T12:00:00Z.');
}

function searchText(text: string): string {
  return text.trim() === '' ? wrong('Give the text to look for.') : text;
}

function wholeNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : wrong('Give a whole number.');
}

function limit(text: string): number {
  const number = wholeNumber(text);
  return number >= 1 && number <= maxListed ? number : wrong(`Give a number from 1 to ${maxListed}.`);
}

function wrong(message: string): never {
  throw new InvalidArgumentError(message);
}

interface ListOptions extends DataOptions {
  readonly since?: number;
  readonly until?: number;
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly search?: string;
  readonly before?: number;
  readonly limit: number;
}

async function list(options: ListOptions, command: Command): Promise<void> {
  const { since, until, search, before, limit } = options;
  const { entries, next } = await withStore(options, async (store) => {
    const filter = await readFilter(store, options, command);
    return store.audit.list({ since, until, ...filter, search, before, limit });
  });
  const lines = entries.length === 0 ? ['Nothing was found.'] : entries.map(lineOf);
  if (next !== null) lines.push(`There may be more: add --before ${next}`);
  printResult(options, { entries: entries.map(jsonOf), next }, lines.join('\n'));
}

/** The filters that only the store can tell: who or what is meant, and what can have happened. */
async function readFilter(store: Store, { actor, action, subject }: ListOptions, command: Command) {
  const read = async <T>(
    option: string,
    text: string | undefined,
    by: (store: Store, text: string) => Promise<FilterValue<T>>,
  ) => {
    if (text === undefined) return undefined;
    const answer = await by(store, text);
    return answer.outcome === 'ok' ? answer.value : command.error(printable(`error: ${option}: ${answer.message}`));
  };
  return {
    actor: await read('--actor', actor, readActorFilter),
    action: await read('--action', action, readActionFilter),
    subject: await read('--subject', subject, readSubjectFilter),
  };
}

async function verify(options: DataOptions): Promise<void> {
  let told = 0;
  const verdict = await withStore(options, (store) =>
    store.audit.verify((checked) => {
      if (checked - told < progressStep) return;
      told = checked;
      process.stderr.write(`${checked} entries are checked\n`);
    }),
  );
  printResult(options, resultOf(verdict), printable(sentenceFor(verdict)));
  if (verdict.outcome === 'broken') process.exitCode = 1;
}

function resultOf(verdict: AuditVerdict): object {
  if (verdict.outcome === 'ok') {
    return { ok: true, entries: verdict.entries, last_id: verdict.lastId, head: verdict.head };
  }
  return { ok: false, id: verdict.id, reason: verdict.reason, sound: verdict.sound };
}

const reasons: Readonly<Record<Exclude<AuditBreak, 'headless'>, string>> = {
  changed: 'is not what was appended',
  missing: 'does not follow the one before it: entries between them are gone',
  reordered: 'has changed places',
  inserted: 'was not appended by this platform',
  truncated: 'is the last that was appended, but the log ends before it',
};

function sentenceFor(verdict: AuditVerdict): string {
  if (verdict.outcome === 'ok') return `${verdict.entries} entries, all as they were appended. Head: ${verdict.head}`;
  if (verdict.reason === 'headless') return 'The audit log is broken: what it says of its own end is gone.';
  return `The audit log is broken after ${verdict.sound} sound entries: entry ${verdict.id} ${reasons[verdict.reason]}.`;
}
