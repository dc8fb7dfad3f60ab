import { type Command, Option } from 'commander';
import type { MailState, QueuedMail } from '../../ports/store/index.ts';
import { retryMail } from '../../use-cases/mails.ts';
import { CommandError, type DataOptions, printResult, toOneLine, withDataOptions } from '../command.ts';
import { withUseCases } from '../use-cases.ts';

const mailStates = ['waiting', 'sent', 'failed'] as const;

interface ListOptions extends DataOptions {
  readonly state?: MailState;
  readonly to?: string;
  readonly limit: string;
}

/** `insiders mail …`: the outbox. Without a mail server, all emails stay in it. */
export function mailCommand(program: Command): void {
  const mail = program.command('mail').description('manage the emails of the platform');
  withDataOptions(mail.command('list'))
    .description('list emails, newest first')
    .addOption(new Option('--state <state>', 'only emails in this state').choices([...mailStates]))
    .option('--to <address>', 'only emails to this address')
    .option('--limit <count>', 'maximum number of emails', '50')
    .action(list);
  withDataOptions(mail.command('show <id>')).description('show one email with its text').action(show);
  withDataOptions(mail.command('retry <id>')).description('send an email that was not sent, at once').action(retry);
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
  printResult(options, { mails: rows.map(rowOf) }, lines.length === 0 ? 'There is no mail.' : lines.join('\n'));
}

async function show(id: string, options: DataOptions): Promise<void> {
  const mail = await withUseCases(options, ({ store }) => store.mails.find(idFrom(id)));
  if (mail === undefined) throw new CommandError(`There is no mail ${id}.`);
  const head = `To: ${mail.to}\nSubject: ${toOneLine(mail.subject)}\nState: ${mail.state}`;
  printResult(options, { ...rowOf(mail), text: mail.text, html: mail.html }, `${head}\n\n${mail.text.trimEnd()}`);
}

async function retry(id: string, options: DataOptions): Promise<void> {
  const outcome = await withUseCases(options, (context) => retryMail(context, idFrom(id)));
  if (outcome === 'unknown') throw new CommandError(`There is no mail ${id} that was not sent.`);
  printResult(options, { id: idFrom(id), state: 'waiting' }, `Mail ${id} is due now.`);
}

function rowOf({ id, to, subject, state, createdAt, attempts, sentAt, lastError }: QueuedMail) {
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

/** 0, which no email has, if the text is no ID. */
function idFrom(text: string): number {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : 0;
}
