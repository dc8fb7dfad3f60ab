import { normaliseEmail } from '../accounts/email.ts';
import type { Config } from '../config/load.ts';
import type { Application, Changed, Store, User } from '../ports/store/index.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';
import type { UseCaseContext } from '../use-cases/context.ts';
import { CommandError, configFrom, type DataOptions, withStore } from './context.ts';

/** The command line at the desk: the same functions as the console, with the same entries in the audit log. */
export function withUseCases<T>(options: DataOptions, work: (context: UseCaseContext) => Promise<T>): Promise<T> {
  return withStore(options, (store) => work(useCaseContextOn(store, configFrom(options))));
}

/** The same on a store that is open. */
export function useCaseContextOn(store: Store, { publicUrl }: Pick<Config, 'publicUrl'>): UseCaseContext {
  return { store, random: systemRandom, now: systemClock.now(), actor: { kind: 'command-line' }, publicUrl };
}

/** @throws {CommandError} */
export async function requireApplication(context: UseCaseContext, clientId: string): Promise<Application> {
  const found = await context.store.applications.findByClientId(clientId);
  if (found === undefined) throw new CommandError(`There is no application ${clientId}.`);
  return found.application;
}

/** The same for a change that found no application. @throws {CommandError} */
export function requireFound(clientId: string, outcome: Changed): void {
  if (outcome === 'unknown') throw new CommandError(`There is no application ${clientId}.`);
}

/** By e-mail address or by number. @throws {CommandError} */
export async function requireUser(context: UseCaseContext, who: string): Promise<User> {
  const { users } = context.store;
  const user = /^[0-9]{1,15}$/.test(who)
    ? await users.find(Number(who))
    : await users.findByEmail(normaliseEmail(who) ?? '');
  if (user === undefined) throw new CommandError(`There is no account for ${who}.`);
  return user;
}

/** For what is answered on one line: a text of somebody else can't pretend to be more lines. */
export function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
