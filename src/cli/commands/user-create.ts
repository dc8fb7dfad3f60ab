import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { createPasswordHasher } from '../../accounts/hashing.ts';
import { readSignUp } from '../../accounts/sign-up.ts';
import type { Store, User } from '../../ports/store/index.ts';
import { systemClock } from '../../system/clock.ts';
import { CommandError, type DataOptions, printResult, withDataOptions, withMigratedStore } from '../command.ts';

interface CreateOptions extends DataOptions {
  readonly email: string;
  readonly password?: string;
  readonly passwordStdin?: boolean;
  readonly firstName: string;
  readonly lastName: string;
  readonly admin?: boolean;
}

/** `insiders user create` */
export function userCreateCommand(user: Command): void {
  withDataOptions(user.command('create'))
    .description('create an account')
    .requiredOption('--email <address>', 'email address, which is also the user name')
    .option('--password <password>', 'password; other users of this machine can see it, unlike with --password-stdin')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .option('--first-name <name>', 'first name', 'New')
    .option('--last-name <name>', 'last name', 'User')
    .option('--admin', 'give the account the role administrator')
    .action(create);
}

async function create(options: CreateOptions): Promise<void> {
  const password = await passwordFrom(options);
  const { id, email } = await withMigratedStore(options, (store) => addAccount(store, { ...options, password }));
  printResult(options, { id, email }, `Account ${id} was created for ${email}.`);
}

/**
 * Creates an account by the rules of the sign-up page.
 * @throws {CommandError} a field is invalid, or the email address has an account
 */
export async function addAccount(
  store: Pick<Store, 'users'>,
  form: Pick<CreateOptions, 'email' | 'firstName' | 'lastName' | 'admin'> & { readonly password: string },
): Promise<User> {
  const read = readSignUp(form);
  if ('problems' in read) {
    throw new CommandError(read.problems.map(({ field, code }) => `${field}: ${code.replaceAll('_', ' ')}`).join('\n'));
  }
  const { password, ...person } = read.fields;
  const now = systemClock.now();
  const passwordHash = await createPasswordHasher().hash(password, { account: person.email, network: 'local' });
  const administratorRole = form.admin ? 'administrator' : null;
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
