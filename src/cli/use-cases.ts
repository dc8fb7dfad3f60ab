import { normaliseEmail } from '../accounts/email.ts';
import type { Config } from '../config/load.ts';
import type { Application, Changed, Store, User } from '../ports/store/index.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';
import type { UseCaseContext } from '../use-cases/context.ts';
import { CommandError, configFrom, type DataOptions, withMigratedStore } from './command.ts';

/**
 * Runs use cases as the command line. The console calls the same functions, so both write the same audit entries. Opens
 * the store, and so migrates it: see {@link withMigratedStore}.
 */
export function withUseCases<T>(options: DataOptions, work: (context: UseCaseContext) => Promise<T>): Promise<T> {
  return withMigratedStore(options, (store) => work(useCaseContextOn(store, configFrom(options))));
}

/** The context of the command line on a store that is open already. */
export function useCaseContextOn(store: Store, { publicUrl }: Pick<Config, 'publicUrl'>): UseCaseContext {
  return { store, random: systemRandom, now: systemClock.now(), actor: { kind: 'command-line' }, publicUrl };
}

/** Finds an application. @throws {CommandError} there is none with this client ID */
export async function requireApplication(context: UseCaseContext, clientId: string): Promise<Application> {
  const found = await context.store.applications.findByClientId(clientId);
  if (found === undefined) throw unknownApplication(clientId);
  return found.application;
}

/** Checks the outcome of a change. @throws {CommandError} there is no application with this client ID */
export function requireFound(clientId: string, outcome: Changed): void {
  if (outcome === 'unknown') throw unknownApplication(clientId);
}

export function unknownApplication(clientId: string): CommandError {
  return new CommandError(`There is no application ${clientId}.`);
}

/** Finds an account by its email address or its ID. @throws {CommandError} there is none */
export async function requireUser(context: UseCaseContext, emailOrId: string): Promise<User> {
  const { users } = context.store;
  const user = /^[0-9]{1,15}$/.test(emailOrId)
    ? await users.find(Number(emailOrId))
    : await users.findByEmail(normaliseEmail(emailOrId) ?? '');
  if (user === undefined) throw new CommandError(`There is no account for ${emailOrId}.`);
  return user;
}
