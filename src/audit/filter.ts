import { normaliseEmail } from '../accounts/email.ts';
import type { Actor } from '../ports/audit.ts';
import type { Store } from '../ports/store/index.ts';
import { auditActions } from './actions.ts';
import { actorText, readActor } from './text.ts';

/**
 * A filter that a person typed, as the store's queries take it; or why it can't be read, as a sentence. A filter that
 * can't be read is an error and never matches every entry.
 */
export type FilterValue<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  | { readonly outcome: 'wrong'; readonly message: string };

type NamedActor = Extract<Actor, { kind: 'user' | 'application' }>;

const fixedSubjects: readonly string[] = ['audit', 'platform'];
const subjectPattern =
  /^((user|device|mail):[1-9]\d{0,14}|(application|authorization|family|registration):[A-Za-z0-9_-]{1,100})$/;

/**
 * Reads an actor: `user:7`, `application:…`, `command-line`, `platform`, an email address, a client ID, or the whole
 * name of one user or application.
 */
export async function readActorFilter(store: Store, text: string): Promise<FilterValue<Actor>> {
  const actor = readActor(text);
  return actor === undefined ? readNamedActor(store, text) : ok(actor);
}

/**
 * Reads a subject: as it is stored (`device:7`), or the email address, client ID or whole name of a user or an
 * application.
 */
export async function readSubjectFilter(store: Store, text: string): Promise<FilterValue<string>> {
  if (subjectPattern.test(text) || fixedSubjects.includes(text)) return ok(text);
  const actor = await readNamedActor(store, text);
  return actor.outcome === 'ok' ? ok(actorText(actor.value)) : actor;
}

/**
 * Reads an action, or the prefix of a group of actions (`application.`). A name that this release doesn't write is
 * valid if the log has an entry with it: another release wrote it.
 */
export async function readActionFilter(store: Store, text: string): Promise<FilterValue<string>> {
  const isKnown = auditActions.some((action) => action === text || (text.endsWith('.') && action.startsWith(text)));
  if (isKnown) return ok(text);
  // The store takes an empty action for no filter, and would return every entry.
  const { entries } = text === '' ? { entries: [] } : await store.audit.list({ action: text, limit: 1 });
  return entries.length > 0
    ? ok(text)
    : wrong(`No event is called ${text}. Type one like application.suspended, or “application.” for all of a kind.`);
}

/** How many IDs the error lists if several users or applications have the name. */
const maxListedIds = 5;
/** Search results that are compared with a whole name. If there are more, the name is refused. */
const maxSearchResults = 1000;

async function readNamedActor(store: Store, text: string): Promise<FilterValue<NamedActor>> {
  const email = normaliseEmail(text);
  const user = email === null ? undefined : await store.users.findByEmail(email);
  if (user !== undefined) return ok({ kind: 'user', id: user.id });
  const application = await store.applications.findByClientId(text);
  if (application !== undefined) return ok({ kind: 'application', id: text });
  return readWholeName(store, text);
}

async function readWholeName(store: Store, text: string): Promise<FilterValue<NamedActor>> {
  const name = normaliseName(text);
  const [users, applications] = await Promise.all([
    store.users.search({ text: name, limit: maxSearchResults }),
    store.applications.search({ text: name, limit: maxSearchResults }),
  ]);
  const found: readonly NamedActor[] = [
    ...users.rows
      .filter(({ firstName, lastName }) => normaliseName(`${firstName} ${lastName}`) === name)
      .map(({ id }) => ({ kind: 'user', id }) as const),
    ...applications.rows
      .filter((application) => normaliseName(application.name) === name)
      .map(({ clientId }) => ({ kind: 'application', id: clientId }) as const),
  ];
  if (users.next !== null || applications.next !== null) {
    return wrong(`Too many have “${text}” in their name. Type an email address or a client ID.`);
  }
  const [only, ...others] = found;
  if (only === undefined) {
    return wrong(`No user or application has the email address, client ID, ID or whole name “${text}”.`);
  }
  return others.length === 0 ? ok(only) : wrong(ambiguousName(text, found.map(actorText)));
}

function ambiguousName(text: string, ids: readonly string[]): string {
  const more = ids.length > maxListedIds ? `, and ${ids.length - maxListedIds} more` : '';
  return `Several are called ${text}: ${ids.slice(0, maxListedIds).join(', ')}${more}. Type one of these, or an email address.`;
}

/** Two names are equal even if their letter case and the spaces around and between their words differ. */
function normaliseName(name: string): string {
  return name.normalize('NFC').toLowerCase().trim().replace(/\s+/g, ' ');
}

function ok<T>(value: T): FilterValue<T> {
  return { outcome: 'ok', value };
}

function wrong(message: string): FilterValue<never> {
  return { outcome: 'wrong', message };
}
