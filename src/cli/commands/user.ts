import { type Command, Option } from 'commander';
import { administratorRoles } from '../../accounts/roles.ts';
import type { AdministratorRole, User } from '../../ports/store/index.ts';
import type { UseCaseContext } from '../../use-cases/context.ts';
import { endSessions, revokeAuthorizations, setDisabled, setRole, type UserOutcome } from '../../use-cases/users.ts';
import { CommandError, type DataOptions, printResult, toOneLine, withDataOptions } from '../command.ts';
import { requireUser, withUseCases } from '../use-cases.ts';
import { userCreateCommand } from './user-create.ts';

/** `insiders user …`; `<user>` is an email address or an ID. */
export function userCommand(program: Command): void {
  const user = program.command('user').description('manage accounts; <user> is an email address or an ID');
  userCreateCommand(user);
  withDataOptions(user.command('list'))
    .description('list the accounts, newest first, at most 1,000')
    .option('--search <text>', 'only accounts with this text in their name or email address')
    .addOption(
      new Option('--only <which>', 'only administrators (staff) or disabled accounts').choices(['staff', 'disabled']),
    )
    .action(list);
  withDataOptions(user.command('disable <user>'))
    .description('log the account out, and refuse it and its tokens')
    .action((name: string, options: DataOptions) => disable(name, true, options));
  withDataOptions(user.command('enable <user>'))
    .description('accept a disabled account again, and the tokens of applications that it consented to')
    .action((name: string, options: DataOptions) => disable(name, false, options));
  withDataOptions(user.command('set-role <user> <role>'))
    .description(`give the account a role: ${administratorRoles.join(', ')} or none`)
    .action(changeRole);
  withDataOptions(user.command('end-sessions <user>'))
    .description('log the account out of all browsers')
    .action(logOut);
  withDataOptions(user.command('end-authorizations <user>'))
    .description('disconnect all applications from the account, and revoke all tokens')
    .action(disconnect);
}

interface ListOptions extends DataOptions {
  readonly search?: string;
  readonly only?: 'staff' | 'disabled';
}

async function list({ search, only, ...options }: ListOptions): Promise<void> {
  const { rows } = await withUseCases(options, ({ store }) =>
    store.users.search({
      limit: 1000,
      ...(search !== undefined && { text: search }),
      ...(only !== undefined && { only }),
    }),
  );
  const users = rows.map(rowOf);
  const lines = users.map((row) => {
    const state = row.disabled ? 'disabled' : '';
    return `${row.id}  ${row.email}  ${toOneLine(row.name)}  ${row.role ?? ''} ${state}`.trimEnd();
  });
  printResult(options, { users }, lines.length === 0 ? 'There is no such account.' : lines.join('\n'));
}

function rowOf({ id, email, firstName, lastName, administratorRole, disabledAt }: User) {
  return { id, email, name: `${firstName} ${lastName}`, role: administratorRole, disabled: disabledAt !== null };
}

/** Finds the account and runs one use case for it, on the same store. */
function withUser<T>(
  name: string,
  options: DataOptions,
  work: (context: UseCaseContext, user: User) => Promise<T>,
): Promise<{ readonly user: User; readonly result: T }> {
  return withUseCases(options, async (context) => {
    const user = await requireUser(context, name);
    return { user, result: await work(context, user) };
  });
}

/** @throws {CommandError} the change was refused */
function requireChanged(outcome: UserOutcome): void {
  if (outcome === 'last_administrator')
    throw new CommandError('This is the last administrator. Appoint another one first.');
  if (outcome !== 'changed') throw new CommandError('There is no such account any more.');
}

async function disable(name: string, disabled: boolean, options: DataOptions): Promise<void> {
  const { user, result } = await withUser(name, options, (context, found) => setDisabled(context, found, disabled));
  requireChanged(result);
  const { id, email } = user;
  printResult(options, { id, email, disabled }, `${email} is ${disabled ? 'disabled' : 'enabled'} now.`);
}

async function changeRole(name: string, text: string, options: DataOptions): Promise<void> {
  const role = readRole(text);
  const { user, result } = await withUser(name, options, (context, found) => setRole(context, found, role));
  requireChanged(result);
  const { id, email } = user;
  printResult(options, { id, email, role }, `The role of ${email} is ${text} now.`);
}

function readRole(text: string): AdministratorRole | null {
  if (text === 'none') return null;
  const role = administratorRoles.find((known) => known === text);
  if (role === undefined) throw new CommandError(`The role is one of ${administratorRoles.join(', ')}, or none.`);
  return role;
}

async function logOut(name: string, options: DataOptions): Promise<void> {
  const { user, result: sessions } = await withUser(name, options, endSessions);
  printResult(options, { id: user.id, sessions }, `${user.email} was logged out of ${sessions} browsers.`);
}

async function disconnect(name: string, options: DataOptions): Promise<void> {
  const { user, result: authorizations } = await withUser(name, options, revokeAuthorizations);
  const sentence = `${authorizations} applications of ${user.email} were disconnected.`;
  printResult(options, { id: user.id, authorizations }, sentence);
}
