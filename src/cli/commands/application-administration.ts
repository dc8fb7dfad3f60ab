import type { Command } from 'commander';
import { revokeAll, setCallbacks } from '../../use-cases/applications.ts';
import { undoChange } from '../../use-cases/grant-changes.ts';
import { appoint } from '../../use-cases/members.ts';
import { answer, type DataOptions, Refused, withDataOptions } from '../context.ts';
import { applicationOf, userOf, withDesk } from '../use-cases.ts';

/** What the console can do with an application, beside its life and its secrets. */
export function deskCommands(application: Command): void {
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
  const changed = await withDesk(options, (desk) => setCallbacks(desk, clientId, callbacks));
  if (changed.outcome === 'invalid') throw new Refused(changed.problems.join('\n'));
  if (changed.outcome === 'unknown') throw new Refused(`There is no application ${clientId}.`);
  answer(
    options,
    { client_id: clientId, redirect_uris: callbacks },
    `${clientId} has ${callbacks.length} callbacks now.`,
  );
}

async function undo(clientId: string, options: DataOptions): Promise<void> {
  const grantType = await withDesk(options, async (desk) => {
    const outcome = await undoChange(desk, clientId);
    if (outcome === 'too_late') throw new Refused('It was changed more than 24 hours ago; switch it anew instead.');
    if (outcome !== 'done') throw new Refused(`There is no change of ${clientId} to take back.`);
    return (await applicationOf(desk, clientId)).grantType;
  });
  answer(
    options,
    { client_id: clientId, grant_type: grantType },
    `The grant type of ${clientId} is ${grantType} again.`,
  );
}

async function disconnectAll(clientId: string, options: DataOptions): Promise<void> {
  const users = await withDesk(options, (desk) => revokeAll(desk, clientId));
  if (users === 'unknown') throw new Refused(`There is no application ${clientId}.`);
  answer(options, { client_id: clientId, users }, `${users} users were disconnected.`);
}

async function appointOwner(clientId: string, owner: string, options: DataOptions): Promise<void> {
  const email = await withDesk(options, async (desk) => {
    const user = await userOf(desk, owner);
    await appoint(desk, await applicationOf(desk, clientId), user);
    return user.email;
  });
  answer(options, { client_id: clientId, owner: email }, `${email} is an owner of ${clientId} now.`);
}
