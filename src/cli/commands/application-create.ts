import type { Command } from 'commander';
import { type ApplicationRequest, buildApplication } from '../../applications/new-application.ts';
import type { Store } from '../../ports/store/index.ts';
import { systemClock } from '../../system/clock.ts';
import { systemRandom } from '../../system/random.ts';
import { subjectOf } from '../../use-cases/applications.ts';
import { CommandError, type DataOptions, printResult, withDataOptions, withMigratedStore } from '../command.ts';

interface CreateOptions extends DataOptions {
  readonly name: string;
  readonly owner?: string;
  readonly website?: string;
  readonly grantType: string;
  readonly redirectUri?: readonly string[];
  readonly public?: boolean;
}

/** `insiders application create` */
export function applicationCreateCommand(application: Command): void {
  withDataOptions(application.command('create'))
    .description('create an application, and print its credentials once')
    .requiredOption('--name <name>', 'name that users see when they authorize it')
    .requiredOption('--grant-type <type>', 'authorization_code or password')
    .option('--redirect-uri <uri...>', 'callback, compared character by character; can be repeated')
    .option('--owner <organisation>', 'organisation that is responsible for it (default: its name)')
    .option('--website <url>', 'address that users see')
    .option('--public', 'a public client, which cannot keep a secret, such as a mobile app')
    .action(create);
}

async function create(options: CreateOptions): Promise<void> {
  const created = await withMigratedStore(options, (store) =>
    addApplication(store, {
      name: options.name,
      ownerName: options.owner ?? options.name,
      website: options.website ?? null,
      grantType: options.grantType,
      redirectUris: options.redirectUri ?? [],
      isPublic: options.public ?? false,
    }),
  );
  const { clientId, secret } = created;
  const result = { client_id: clientId, ...(secret === null ? {} : { client_secret: secret }) };
  const secretLine = secret === null ? '' : `\nclient_secret ${secret}\nThe secret is not shown again.`;
  printResult(options, result, `client_id     ${clientId}${secretLine}`);
}

/**
 * Creates an application, without an owner account. Returns its credentials; the secret is in plain text, and `null`
 * for a public client.
 * @throws {CommandError} the request describes no valid application
 */
export async function addApplication(
  store: Pick<Store, 'applications'>,
  request: ApplicationRequest,
): Promise<{ readonly clientId: string; readonly secret: string | null }> {
  const design = buildApplication(request, systemRandom, systemClock.now());
  if (design.outcome === 'invalid') throw new CommandError(design.problems.join('\n'));
  const { clientId, now } = design.application;
  const actor = { kind: 'command-line' } as const;
  const event = { at: now, actor, action: 'application.created', subject: subjectOf({ clientId }) };
  await store.applications.create({ ...design.application, record: { event } });
  return { clientId, secret: design.secret };
}
