import type { Command } from 'commander';
import type { Application } from '../../ports/store/index.ts';
import { revokeAll, setStatus } from '../../use-cases/applications.ts';
import { appoint } from '../../use-cases/members.ts';
import { type DataOptions, printResult, withDataOptions, withMigratedStore } from '../command.ts';
import { requireApplication, requireFound, requireUser, unknownApplication, withUseCases } from '../use-cases.ts';
import { applicationCreateCommand } from './application-create.ts';
import { secretCommands } from './application-secrets.ts';
import { settingsCommands } from './application-settings.ts';

/** `insiders application …` */
export function applicationCommand(program: Command): void {
  const application = program.command('application').description('manage applications');
  applicationCreateCommand(application);
  withDataOptions(application.command('list')).description('list all applications').action(list);
  withDataOptions(application.command('suspend <client-id>'))
    .description('refuse an application and all its tokens until you resume it')
    .action((clientId: string, options: DataOptions) => changeStatus(clientId, 'suspended', options));
  withDataOptions(application.command('resume <client-id>'))
    .description('accept a suspended application and its tokens again')
    .action((clientId: string, options: DataOptions) => changeStatus(clientId, 'active', options));
  withDataOptions(application.command('revoke-all <client-id>'))
    .description('disconnect all users of an application, and revoke all its tokens')
    .action(disconnectAll);
  withDataOptions(application.command('appoint <client-id> <owner>'))
    .description('make an account (email address or ID) an owner of an application')
    .action(appointOwner);
  settingsCommands(application);
  secretCommands(application);
}

async function list(options: DataOptions): Promise<void> {
  const applications = await withMigratedStore(options, (store) => store.applications.list());
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

async function changeStatus(clientId: string, status: Application['status'], options: DataOptions): Promise<void> {
  requireFound(clientId, await withUseCases(options, (context) => setStatus(context, clientId, status)));
  printResult(options, { client_id: clientId, status }, `${clientId} is ${status} now.`);
}

async function disconnectAll(clientId: string, options: DataOptions): Promise<void> {
  const users = await withUseCases(options, (context) => revokeAll(context, clientId));
  if (users === 'unknown') throw unknownApplication(clientId);
  printResult(options, { client_id: clientId, users }, `${users} users were disconnected.`);
}

async function appointOwner(clientId: string, newOwner: string, options: DataOptions): Promise<void> {
  const email = await withUseCases(options, async (context) => {
    const user = await requireUser(context, newOwner);
    await appoint(context, await requireApplication(context, clientId), user);
    return user.email;
  });
  printResult(options, { client_id: clientId, owner: email }, `${email} is an owner of ${clientId} now.`);
}
