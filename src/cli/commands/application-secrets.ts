import { type Command, Option } from 'commander';
import { createSecret, type RevocationTime, revocationTimes, revokeSecret } from '../../use-cases/secrets.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../context.ts';
import { requireApplication, withUseCases } from '../use-cases.ts';

/** `insiders application list-secrets | add-secret | retire-secret` */
export function secretCommands(application: Command): void {
  withDataOptions(application.command('list-secrets <client-id>'))
    .description('the secrets of an application, as far as they can be shown')
    .action(list);
  withDataOptions(application.command('add-secret <client-id>'))
    .description('make a client secret and print it, once; two may work at a time')
    .action(add);
  withDataOptions(application.command('retire-secret <client-id> <secret-id>'))
    .description('end a secret, now or later')
    .addOption(
      new Option('--when <when>', 'idle: once it was not used for a day').choices([...revocationTimes]).default('now'),
    )
    .action(retire);
}

async function list(clientId: string, options: DataOptions): Promise<void> {
  const secrets = await withUseCases(options, async (context) => {
    const { id } = await requireApplication(context, clientId);
    return context.store.secrets.list(id, context.now);
  });
  const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const rows = secrets.map(({ id, lastFour, createdAt, lastUsedAt, validUntil, idleSince }) => ({
    id,
    last_four: lastFour,
    created_at: iso(createdAt),
    last_used_at: iso(lastUsedAt),
    retires_at: iso(validUntil),
    retires_when_idle: idleSince !== null,
  }));
  const lines = rows.map(
    (row) => `${row.id}  …${row.last_four}  made ${row.created_at}  retires ${row.retires_at ?? '-'}`,
  );
  printResult(options, { secrets: rows }, lines.length === 0 ? 'There is none.' : lines.join('\n'));
}

async function add(clientId: string, options: DataOptions): Promise<void> {
  const made = await withUseCases(options, (context) => createSecret(context, clientId));
  if (made.outcome === 'too_many') throw new CommandError('Two secrets work already. Retire one first.');
  if (made.outcome !== 'made') throw new CommandError(`There is no application ${clientId} that keeps a secret.`);
  const result = { client_id: clientId, client_secret: made.secret };
  printResult(options, result, `client_secret ${made.secret}\nThe secret is not shown again.`);
}

async function retire(
  clientId: string,
  secretId: string,
  { when, ...options }: DataOptions & { readonly when: RevocationTime },
): Promise<void> {
  const outcome = await withUseCases(options, (context) => revokeSecret(context, clientId, secretId, when));
  if (outcome === 'unknown') throw new CommandError(`${clientId} has no secret ${secretId} that works.`);
  printResult(options, { client_id: clientId, secret: secretId, retires: when }, `The secret retires: ${when}.`);
}
