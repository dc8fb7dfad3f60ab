import type { Command } from 'commander';
import { revokeAll, setCallbacks } from '../../use-cases/applications.ts';
import { undoChange } from '../../use-cases/grant-changes.ts';
import { appoint } from '../../use-cases/members.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../context.ts';
import { requireApplication, requireUser, withUseCases } from '../use-cases.ts';

/** What the console can do with an application, beside its life and its secrets. */
export function administrationCommands(application: Command): void {
  withDataOptions(application.command('set-callbacks <client-id> [callbacks...]'))
    .description('replace its callbacks; users are asked for their consent again')
    .action(replaceCallbacks);
  withDataOptions(application.command('undo-grant-type <client-id>'))
    .description('take the last change of the grant type back, within 24 hours')
    .action(undo);
  withDataOptions(application.command('revoke-all <client-id>'))
    .description('disconnect all its users, with all tokens')
    .action(disconnectAll);
  withDataOptions(application.command('appoint <client-id> <owner>'))
    .description('make an account an owner of it')
    .action(appointOwner);
}

async function replaceCallbacks(clientId: string, callbacks: readonly string[], options: DataOptions): Promise<void> {
  const changed = await withUseCases(options, (context) => setCallbacks(context, clientId, callbacks));
  if (changed.outcome === 'invalid') throw new CommandError(changed.problems.join('\n'));
  if (changed.outcome === 'unknown') throw new CommandError(`There is no application ${clientId}.`);
  printResult(
    options,
    { client_id: clientId, redirect_uris: callbacks },
    `${clientId} has ${callbacks.length} callbacks now.`,
  );
}

async function undo(clientId: string, options: DataOptions): Promise<void> {
  const grantType = await withUseCases(options, async (context) => {
    const outcome = await undoChange(context, clientId);
    if (outcome === 'too_late')
      throw new CommandError('It was changed more than 24 hours ago; switch it anew instead.');
    if (outcome !== 'done') throw new CommandError(`There is no change of ${clientId} to take back.`);
    return (await requireApplication(context, clientId)).grantType;
  });
  printResult(
    options,
    { client_id: clientId, grant_type: grantType },
    `The grant type of ${clientId} is ${grantType} again.`,
  );
}

async function disconnectAll(clientId: string, options: DataOptions): Promise<void> {
  const users = await withUseCases(options, (context) => revokeAll(context, clientId));
  if (users === 'unknown') throw new CommandError(`There is no application ${clientId}.`);
  printResult(options, { client_id: clientId, users }, `${users} users were disconnected.`);
}

async function appointOwner(clientId: string, owner: string, options: DataOptions): Promise<void> {
  const email = await withUseCases(options, async (context) => {
    const user = await requireUser(context, owner);
    await appoint(context, await requireApplication(context, clientId), user);
    return user.email;
  });
  printResult(options, { client_id: clientId, owner: email }, `${email} is an owner of ${clientId} now.`);
}
