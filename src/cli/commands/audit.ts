import { type Command, InvalidArgumentError, Option } from 'commander';
import { readAnchor } from '../../audit/anchors.ts';
import { type FilterValue, readActionFilter, readActorFilter, readSubjectFilter } from '../../audit/filter.ts';
import { jsonOf, lineOf, printable, readMoment } from '../../audit/text.ts';
import type { AuditAnchor, Store } from '../../ports/store/index.ts';
import { verifyEntries } from '../audit-verify.ts';
import { type DataOptions, printResult, withDataOptions, withMigratedStore } from '../command.ts';
import { exportEntries } from './audit-export.ts';

const maxListed = 1000;

/** `insiders audit …` */
export function auditCommand(program: Command): void {
  const audit = program.command('audit').description('list, export and verify the audit log');
  withDataOptions(audit.command('list'))
    .description('list entries, newest first')
    .option(
      '--since <time>',
      'from this time on: a day (UTC) or a time, such as 2026-05-01 or 2026-05-01T12:00:00Z',
      time,
    )
    .option('--until <time>', 'before this time', time)
    .option('--actor <who>', 'email address, whole name, client ID, user:<id>, command-line or platform')
    .option('--action <action>', 'action, such as application.suspended, or a prefix: application.')
    .option('--subject <subject>', 'email address, whole name, client ID, or an ID such as device:7')
    .option('--search <text>', 'text in any field; searches 10,000 entries at a time', searchText)
    .option('--before <id>', 'only entries older than this one', wholeNumber)
    .option('--limit <number>', `maximum number of entries, up to ${maxListed}`, limit, 50)
    .action(list);
  withDataOptions(audit.command('export'))
    .description('export all entries, oldest first')
    .addOption(
      new Option('--format <format>', 'one JSON object per line, or CSV').choices(['jsonl', 'csv']).default('jsonl'),
    )
    .option('--out <file>', 'new file that only you can read (default: standard output)')
    .action(exportEntries);
  withDataOptions(audit.command('verify'))
    .description('check that no entry was changed, removed, moved, inserted or forged')
    .option('--anchor <file>', 'check that each head in this file (anchors, log or export) is in the audit log')
    .option('--head <id:hash>', 'check that this head is in the audit log', head)
    .action(verifyEntries);
}

function time(text: string): number {
  return readMoment(text) ?? wrong('Give a day, 2026-05-01, or a time with its offset, 2026-05-01T12:00:00Z.');
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

function head(text: string): AuditAnchor {
  return readAnchor(text) ?? wrong('Give the ID of an entry, a colon and its hash.');
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
  const { entries, next } = await withMigratedStore(options, async (store) => {
    const filter = await readFilter(store, options, command);
    return store.audit.list({ since, until, ...filter, search, before, limit });
  });
  const lines = entries.length === 0 ? ['No entry was found.'] : entries.map(lineOf);
  if (next !== null) lines.push(`There may be more: add --before ${next}`);
  printResult(options, { entries: entries.map(jsonOf), next }, lines.join('\n'));
}

/** Reads the filters that need the store: the names of users and applications, and actions of other releases. */
async function readFilter(store: Store, { actor, action, subject }: ListOptions, command: Command) {
  const read = async <T>(
    option: string,
    text: string | undefined,
    parse: (store: Store, text: string) => Promise<FilterValue<T>>,
  ) => {
    if (text === undefined) return undefined;
    const filter = await parse(store, text);
    return filter.outcome === 'ok' ? filter.value : command.error(printable(`error: ${option}: ${filter.message}`));
  };
  return {
    actor: await read('--actor', actor, readActorFilter),
    action: await read('--action', action, readActionFilter),
    subject: await read('--subject', subject, readSubjectFilter),
  };
}
