import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { createPasswordHasher } from '../../accounts/hashing.ts';
import { readSignUp } from '../../accounts/sign-up.ts';
import type { Store, User } from '../../ports/store/index.ts';
import { systemClock } from '../../system/clock.ts';
import { CommandError, type DataOptions, printResult, withDataOptions, withStore } from '../context.ts';
import { userAdministrationCommands } from './user-administration.ts';

interface CreateOptions extends DataOptions {
  readonly email: string;
  readonly password?: string;
  readonly passwordStdin?: boolean;
  readonly firstName: string;
  readonly lastName: string;
  readonly admin?: boolean;
}

/** `insiders user …` */
export function userCommand(program: Command): void {
  const user = program.command('user').description('people');
  withDataOptions(user.command('create'))
    .description('add an account')
    .requiredOption('--email <address>', 'also the user name')
    .option('--password <password>', 'visible to other users of this machine; --password-stdin is not')
    .option('--password-stdin', 'read the password from standard input, to its first line end')
    .option('--first-name <name>', 'first name', 'New')
    .option('--last-name <name>', 'last name', 'User')
    .option('--admin', 'make it an administrator')
    .action(create);
  userAdministrationCommands(user);
}

async function create(options: CreateOptions): Promise<void> {
  const password = await passwordFrom(options);
  const { id, email } = await withStore(options, (store) => addAccount(store, { ...options, password }));
  printResult(options, { id, email }, `Account ${id} was created for ${email}.`);
}

/** Adds an account by the same rules as the sign-up page. */
export async function addAccount(
  store: Pick<Store, 'users'>,
  wanted: Pick<CreateOptions, 'email' | 'firstName' | 'lastName' | 'admin'> & { readonly password: string },
): Promise<User> {
  const read = readSignUp(wanted);
  if ('problems' in read) {
    throw new CommandError(read.problems.map(({ field, code }) => `${field}: ${code.replaceAll('_', ' ')}`).join('\n'));
  }
  const { password, ...person } = read.fields;
  const now = systemClock.now();
  const passwordHash = await createPasswordHasher().hash(password, { account: person.email, network: 'local' });
  const administratorRole = wanted.admin ? 'administrator' : null;
  const entry = { actor: { kind: 'command-line' }, action: 'user.created' } as const;
  const created = await store.users.create({ ...person, passwordHash, administratorRole, now, entry });
  if (created.outcome === 'taken') throw new CommandError(`There is an account for ${person.email} already.`);
  return created.user;
}

async function passwordFrom(options: CreateOptions): Promise<string> {
  if (options.passwordStdin) return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
  if (options.password === undefined) throw new CommandError('Give the password with --password-stdin or --password.');
  return options.password;
}
