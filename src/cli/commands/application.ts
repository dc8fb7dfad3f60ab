import type { Command } from 'commander';
import { type ApplicationRequest, designApplication, readGrantType } from '../../applications/new-application.ts';
import type { Application, Store } from '../../ports/store/index.ts';
import { systemClock } from '../../system/clock.ts';
import { systemRandom } from '../../system/random.ts';
import { setStatus, subjectOf } from '../../use-cases/applications.ts';
import { switchGrantType } from '../../use-cases/grant-changes.ts';
import { CommandError, type DataOptions, printResult, withDataOptions, withStore } from '../context.ts';
import { requireFound, withUseCases } from '../use-cases.ts';
import { administrationCommands } from './application-administration.ts';
import { policyCommand } from './application-policy.ts';
import { secretCommands } from './application-secrets.ts';

interface CreateOptions extends DataOptions {
  readonly name: string;
  readonly owner?: string;
  readonly website?: string;
  readonly grantType: string;
  readonly redirectUri?: readonly string[];
  readonly public?: boolean;
}

/** `insiders application …` */
export function applicationCommand(program: Command): void {
  const application = program.command('application').description('applications (AMS) and their one grant type');
  withDataOptions(application.command('create'))
    .description('register an application and print its credentials, once')
    .requiredOption('--name <name>', 'what users see when they are asked')
    .requiredOption('--grant-type <type>', 'authorization_code or password')
    .option('--redirect-uri <uri...>', 'a callback, compared to the last character; may be repeated')
    .option('--owner <organisation>', 'who answers for it; the name if left out')
    .option('--website <url>', 'shown to users')
    .option('--public', 'a program that cannot keep a secret')
    .action(create);
  withDataOptions(application.command('list')).description('all applications').action(list);
  withDataOptions(application.command('set-grant-type <client-id> <type>'))
    .description('switch to authorization_code or password, effective at once')
    .action(switchTo);
  for (const [verb, status] of [
    ['suspend', 'suspended'],
    ['resume', 'active'],
  ] as const) {
    withDataOptions(application.command(`${verb} <client-id>`))
      .description(verb === 'suspend' ? 'stop it and all its tokens, until it is resumed' : 'let it work again')
      .action((clientId: string, options: DataOptions) => changeStatus(clientId, status, options));
  }
  policyCommand(application);
  secretCommands(application);
  administrationCommands(application);
}

async function create(options: CreateOptions): Promise<void> {
  const made = await withStore(options, (store) =>
    addApplication(store, {
      name: options.name,
      ownerName: options.owner ?? options.name,
      website: options.website ?? null,
      grantType: options.grantType,
      redirectUris: options.redirectUri ?? [],
      isPublic: options.public ?? false,
    }),
  );
  const result = { client_id: made.clientId, ...(made.secret === null ? {} : { client_secret: made.secret }) };
  const secretLine = made.secret === null ? '' : `\nclient_secret ${made.secret}\nThe secret is not shown again.`;
  printResult(options, result, `client_id     ${made.clientId}${secretLine}`);
}

/** Registers an application. Answers its credentials, the secret in clear for the only time. */
export async function addApplication(
  store: Pick<Store, 'applications'>,
  request: ApplicationRequest,
): Promise<{ readonly clientId: string; readonly secret: string | null }> {
  const design = designApplication(request, systemRandom, systemClock.now());
  if (design.outcome === 'invalid') throw new CommandError(design.problems.join('\n'));
  const { clientId, now } = design.application;
  const actor = { kind: 'command-line' } as const;
  const event = { at: now, actor, action: 'application.created', subject: subjectOf({ clientId }) };
  await store.applications.create({ ...design.application, record: { event } });
  return { clientId, secret: design.secret };
}

async function list(options: DataOptions): Promise<void> {
  const applications = await withStore(options, (store) => store.applications.list());
  const rows = applications.map(({ clientId, name, ownerName, grantType, status, redirectUris }: Application) => ({
    client_id: clientId,
    name,
    owner: ownerName,
    grant_type: grantType,
    status,
    redirect_uris: redirectUris,
  }));
  const lines = rows.map(
    (row) => `${row.client_id}  ${row.grant_type.padEnd(18)}  ${row.status.padEnd(9)}  ${row.name}`,
  );
  printResult(options, rows, lines.length === 0 ? 'There is no application.' : lines.join('\n'));
}

async function switchTo(clientId: string, type: string, options: DataOptions): Promise<void> {
  const grantType = readGrantType(type);
  if (grantType === undefined) throw new CommandError('The grant type is authorization_code or password.');
  const outcome = await withUseCases(options, (context) =>
    switchGrantType(context, clientId, grantType, { evenWithoutCallback: true }),
  );
  if (outcome === 'unknown') throw new CommandError(`There is no application ${clientId}.`);
  if (outcome === 'lost') throw new CommandError('Somebody else changed it at the same moment. Look at it again.');
  printResult(
    options,
    { client_id: clientId, grant_type: grantType },
    `The grant type of ${clientId} is ${grantType} now.`,
  );
}

async function changeStatus(clientId: string, status: Application['status'], options: DataOptions): Promise<void> {
  requireFound(clientId, await withUseCases(options, (context) => setStatus(context, clientId, status)));
  printResult(options, { client_id: clientId, status }, `${clientId} is ${status} now.`);
}
