import { type Command, Option } from 'commander';
import { administratorRoles } from '../../accounts/roles.ts';
import type { AdministratorRole, User } from '../../ports/store/index.ts';
import { endAuthorizations, endSessions, setDisabled, setRole, type UserOutcome } from '../../use-cases/users.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../context.ts';
import { requireUser, toOneLine, withUseCases } from '../use-cases.ts';

interface ListOptions extends DataOptions {
  readonly search?: string;
  readonly only?: 'staff' | 'disabled';
}

/** What the console can do with people; `<user>` is an e-mail address or a number. */
export function userAdministrationCommands(user: Command): void {
  withDataOptions(user.command('list'))
    .description('newest first, at most a thousand')
    .option('--search <text>', 'a part of the name or the address')
    .addOption(new Option('--only <which>', 'only those').choices(['staff', 'disabled']))
    .action(list);
  for (const verb of ['disable', 'enable'] as const) {
    withDataOptions(user.command(`${verb} <user>`))
      .description(verb === 'disable' ? 'nothing of the account works until it is enabled' : 'let it work again')
      .action((who: string, options: DataOptions) => disable(who, verb === 'disable', options));
  }
  withDataOptions(user.command('set-role <user> <role>'))
    .description(`${administratorRoles.join(', ')} or none`)
    .action(changeRole);
  withDataOptions(user.command('end-sessions <user>')).description('log out of all browsers').action(logOut);
  withDataOptions(user.command('end-authorizations <user>'))
    .description('disconnect all applications, with all tokens')
    .action(disconnect);
}

async function list({ search, only, ...options }: ListOptions): Promise<void> {
  const { rows } = await withUseCases(options, ({ store }) =>
    store.users.search({
      limit: 1000,
      ...(search !== undefined && { text: search }),
      ...(only !== undefined && { only }),
    }),
  );
  const users = rows.map(factsOf);
  const lines = users.map((row) => {
    const state = row.disabled ? 'disabled' : '';
    return `${row.id}  ${row.email}  ${toOneLine(row.name)}  ${row.role ?? ''} ${state}`.trimEnd();
  });
  printResult(options, { users }, lines.length === 0 ? 'There is none.' : lines.join('\n'));
}

function factsOf({ id, email, firstName, lastName, administratorRole, disabledAt }: User) {
  return { id, email, name: `${firstName} ${lastName}`, role: administratorRole, disabled: disabledAt !== null };
}

function refuseUnlessChanged(outcome: UserOutcome): void {
  if (outcome === 'last_administrator')
    throw new CommandError('This is the last administrator. Appoint another one first.');
  if (outcome !== 'changed') throw new CommandError('There is no such account any more.');
}

async function disable(who: string, disabled: boolean, options: DataOptions): Promise<void> {
  const user = await withUseCases(options, async (context) => {
    const found = await requireUser(context, who);
    refuseUnlessChanged(await setDisabled(context, found, disabled));
    return found;
  });
  const { id, email } = user;
  printResult(options, { id, email, disabled }, `${email} is ${disabled ? 'disabled' : 'enabled'} now.`);
}

async function changeRole(who: string, text: string, options: DataOptions): Promise<void> {
  const role = readRole(text);
  const user = await withUseCases(options, async (context) => {
    const found = await requireUser(context, who);
    refuseUnlessChanged(await setRole(context, found, role));
    return found;
  });
  printResult(options, { id: user.id, email: user.email, role }, `The role of ${user.email} is ${text} now.`);
}

function readRole(text: string): AdministratorRole | null {
  if (text === 'none') return null;
  const role = administratorRoles.find((known) => known === text);
  if (role === undefined) throw new CommandError(`The role is one of ${administratorRoles.join(', ')}, or none.`);
  return role;
}

async function logOut(who: string, options: DataOptions): Promise<void> {
  const { user, ended } = await withUseCases(options, async (context) => {
    const found = await requireUser(context, who);
    return { user: found, ended: await endSessions(context, found) };
  });
  printResult(options, { id: user.id, sessions: ended }, `${user.email} was logged out of ${ended} browsers.`);
}

async function disconnect(who: string, options: DataOptions): Promise<void> {
  const { user, ended } = await withUseCases(options, async (context) => {
    const found = await requireUser(context, who);
    return { user: found, ended: await endAuthorizations(context, found) };
  });
  printResult(
    options,
    { id: user.id, authorizations: ended },
    `${ended} applications of ${user.email} were disconnected.`,
  );
}
