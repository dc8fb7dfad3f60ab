import { type Command, Option } from 'commander';
import { createSecret, type RevocationTime, revocationTimes, revokeSecret } from '../../use-cases/secrets.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../command.ts';
import { requireApplication, withUseCases } from '../use-cases.ts';

/** `insiders application list-secrets | add-secret | retire-secret` */
export function secretCommands(application: Command): void {
  withDataOptions(application.command('list-secrets <client-id>'))
    .description('list the secrets of an application, each with its last four characters')
    .action(list);
  withDataOptions(application.command('add-secret <client-id>'))
    .description('create a client secret and print it once; an application can have two')
    .action(add);
  withDataOptions(application.command('retire-secret <client-id> <secret-id>'))
    .description('revoke a client secret, now or later')
    .addOption(
      new Option('--when <when>', 'time of the revocation; idle: when it was not used for a day')
        .choices([...revocationTimes])
        .default('now'),
    )
    .action(revoke);
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
    (row) => `${row.id}  …${row.last_four}  created ${row.created_at}  revoked ${row.retires_at ?? '-'}`,
  );
  printResult(options, { secrets: rows }, lines.length === 0 ? 'There is no secret.' : lines.join('\n'));
}

async function add(clientId: string, options: DataOptions): Promise<void> {
  const created = await withUseCases(options, (context) => createSecret(context, clientId));
  if (created.outcome === 'too_many')
    throw new CommandError('The application has two valid secrets. Revoke one first, with retire-secret.');
  if (created.outcome !== 'made') throw new CommandError(`There is no application ${clientId} that has a secret.`);
  const result = { client_id: clientId, client_secret: created.secret };
  printResult(options, result, `client_secret ${created.secret}\nThe secret is not shown again.`);
}

const revocations: Readonly<Record<RevocationTime, string>> = {
  now: 'The secret is revoked.',
  hour: 'The secret will be revoked in an hour.',
  week: 'The secret will be revoked in 7 days.',
  idle: 'The secret will be revoked when it was not used for a day.',
};

async function revoke(
  clientId: string,
  secretId: string,
  { when, ...options }: DataOptions & { readonly when: RevocationTime },
): Promise<void> {
  const outcome = await withUseCases(options, (context) => revokeSecret(context, clientId, secretId, when));
  if (outcome === 'unknown') throw new CommandError(`${clientId} has no valid secret ${secretId}.`);
  printResult(options, { client_id: clientId, secret: secretId, retires: when }, revocations[when]);
}
