import { normaliseEmail } from '../accounts/email.ts';
import type { Config } from '../config/load.ts';
import type { Application, Changed, Store, User } from '../ports/store/index.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';
import type { Desk } from '../use-cases/context.ts';
import { configFrom, type DataOptions, Refused, withStore } from './context.ts';

/** The command line at the desk: the same functions as the console, with the same entries in the audit log. */
export function withDesk<T>(options: DataOptions, work: (desk: Desk) => Promise<T>): Promise<T> {
  return withStore(options, (store) => work(deskOn(store, configFrom(options))));
}

/** The same on a store that is open. */
export function deskOn(store: Store, { publicUrl }: Pick<Config, 'publicUrl'>): Desk {
  return { store, random: systemRandom, now: systemClock.now(), actor: { kind: 'command-line' }, publicUrl };
}

/** @throws {Refused} */
export async function applicationOf(desk: Desk, clientId: string): Promise<Application> {
  const found = await desk.store.applications.findByClientId(clientId);
  if (found === undefined) throw new Refused(`There is no application ${clientId}.`);
  return found.application;
}

/** The same for a change that found no application. @throws {Refused} */
export function refuseUnknown(clientId: string, outcome: Changed): void {
  if (outcome === 'unknown') throw new Refused(`There is no application ${clientId}.`);
}

/** By e-mail address or by number. @throws {Refused} */
export async function userOf(desk: Desk, who: string): Promise<User> {
  const { users } = desk.store;
  const user = /^[0-9]{1,15}$/.test(who)
    ? await users.find(Number(who))
    : await users.findByEmail(normaliseEmail(who) ?? '');
  if (user === undefined) throw new Refused(`There is no account for ${who}.`);
  return user;
}

/** For what is answered on one line: a text of somebody else can't pretend to be more lines. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
