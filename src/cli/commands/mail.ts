import { type Command, Option } from 'commander';
import type { MailState, QueuedMail } from '../../ports/store/index.ts';
import { retryMail } from '../../use-cases/mails.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../context.ts';
import { toOneLine, withUseCases } from '../use-cases.ts';

const states = ['waiting', 'sent', 'failed'] as const;

interface ListOptions extends DataOptions {
  readonly state?: MailState;
  readonly to?: string;
  readonly limit: string;
}

/** `insiders mail …`: the outbox, where no mail server is configured. */
export function mailCommand(program: Command): void {
  const mail = program.command('mail').description('what the platform wrote to whom');
  withDataOptions(mail.command('list'))
    .description('newest first')
    .addOption(new Option('--state <state>', 'only those').choices([...states]))
    .option('--to <address>', 'only to this address')
    .option('--limit <count>', 'at most so many', '50')
    .action(list);
  withDataOptions(mail.command('show <id>')).description('one mail, word for word').action(show);
  withDataOptions(mail.command('retry <id>')).description('try again at once').action(retry);
}

async function list({ state, to, limit, ...options }: ListOptions): Promise<void> {
  const { rows } = await withUseCases(options, ({ store }) =>
    store.mails.list({
      limit: Math.min(1000, Math.max(1, Number(limit) || 50)),
      ...(state !== undefined && { state }),
      ...(to !== undefined && { to }),
    }),
  );
  const lines = rows.map(
    (row) => `${row.id}  ${isoOf(row.createdAt)}  ${row.state.padEnd(7)}  ${row.to}  ${toOneLine(row.subject)}`,
  );
  printResult(options, { mails: rows.map(factsOf) }, lines.length === 0 ? 'There is no mail.' : lines.join('\n'));
}

async function show(id: string, options: DataOptions): Promise<void> {
  const mail = await withUseCases(options, ({ store }) => store.mails.find(numberFrom(id)));
  if (mail === undefined) throw new CommandError(`There is no mail ${id}.`);
  const head = `To: ${mail.to}\nSubject: ${toOneLine(mail.subject)}\nState: ${mail.state}`;
  printResult(options, { ...factsOf(mail), text: mail.text, html: mail.html }, `${head}\n\n${mail.text.trimEnd()}`);
}

async function retry(id: string, options: DataOptions): Promise<void> {
  const outcome = await withUseCases(options, (context) => retryMail(context, numberFrom(id)));
  if (outcome === 'unknown') throw new CommandError(`There is no mail ${id} that was not sent.`);
  printResult(options, { id: numberFrom(id), state: 'waiting' }, `Mail ${id} is due now.`);
}

function factsOf({ id, to, subject, state, createdAt, attempts, sentAt, lastError }: QueuedMail) {
  return {
    id,
    to,
    subject,
    state,
    created_at: isoOf(createdAt),
    attempts,
    sent_at: sentAt === null ? null : isoOf(sentAt),
    last_error: lastError,
  };
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}

function numberFrom(text: string): number {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : 0;
}
