import { normaliseEmail } from '../accounts/email.ts';
import type { Actor } from '../ports/audit.ts';
import type { Store } from '../ports/store/index.ts';
import { auditActions } from './actions.ts';
import { actorText, readActor } from './text.ts';

/**
 * What somebody typed, as the store is asked for it; or why it can't be, in words. A filter that can't be read never
 * means "everything".
 */
export type FilterValue<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  | { readonly outcome: 'wrong'; readonly message: string };

type Named = Extract<Actor, { kind: 'user' | 'application' }>;

const fixedSubjects: readonly string[] = ['audit', 'platform'];
const subjectPattern =
  /^((user|device|mail):[1-9]\d{0,14}|(application|authorization|family|registration):[A-Za-z0-9_-]{1,100})$/;

/** Who did it: `user:7`, `application:…`, `command-line`, `platform`, an email address, a client ID or a whole name. */
export async function readActorFilter(store: Store, text: string): Promise<FilterValue<Actor>> {
  const actor = readActor(text);
  return actor === undefined ? readNamed(store, text) : ok(actor);
}

/**
 * What it was done to, as it is stored (`device:7`), or the email address, client ID or whole name of a user or an
 * application.
 */
export async function readSubjectFilter(store: Store, text: string): Promise<FilterValue<string>> {
  if (subjectPattern.test(text) || fixedSubjects.includes(text)) return ok(text);
  const named = await readNamed(store, text);
  return named.outcome === 'ok' ? ok(actorText(named.value)) : named;
}

/**
 * The name of an event, or how all of a kind begin (`application.`). An entry of another release may have a name that
 * is unknown here.
 */
export async function readActionFilter(store: Store, text: string): Promise<FilterValue<string>> {
  const isKnown = auditActions.some((action) => action === text || (text.endsWith('.') && action.startsWith(text)));
  if (isKnown) return ok(text);
  // Without a name the log would answer with everything.
  const { entries } = text === '' ? { entries: [] } : await store.audit.list({ action: text, limit: 1 });
  return entries.length > 0
    ? ok(text)
    : wrong(`No event is called ${text}. Type one like application.suspended, or “application.” for all of a kind.`);
}

/** As many as are named where several have the same name; beyond it the search is too wide to look through. */
const maxNamed = 5;
const maxSearched = 1000;

async function readNamed(store: Store, text: string): Promise<FilterValue<Named>> {
  const email = normaliseEmail(text);
  const user = email === null ? undefined : await store.users.findByEmail(email);
  if (user !== undefined) return ok({ kind: 'user', id: user.id });
  const application = await store.applications.findByClientId(text);
  if (application !== undefined) return ok({ kind: 'application', id: text });
  return readName(store, text);
}

async function readName(store: Store, text: string): Promise<FilterValue<Named>> {
  const name = folded(text);
  const [users, applications] = await Promise.all([
    store.users.search({ text: name, limit: maxSearched }),
    store.applications.search({ text: name, limit: maxSearched }),
  ]);
  const found: readonly Named[] = [
    ...users.rows
      .filter(({ firstName, lastName }) => folded(`${firstName} ${lastName}`) === name)
      .map(({ id }) => ({ kind: 'user', id }) as const),
    ...applications.rows
      .filter((application) => folded(application.name) === name)
      .map(({ clientId }) => ({ kind: 'application', id: clientId }) as const),
  ];
  if (users.next !== null || applications.next !== null) {
    return wrong(`Too many have “${text}” in their name. Type an email address or a client ID.`);
  }
  const [only, ...others] = found;
  if (only === undefined) {
    return wrong(`No user or application has the email address, client ID, ID or whole name “${text}”.`);
  }
  return others.length === 0 ? ok(only) : wrong(severalCalled(text, found.map(actorText)));
}

function severalCalled(text: string, ids: readonly string[]): string {
  const more = ids.length > maxNamed ? `, and ${ids.length - maxNamed} more` : '';
  return `Several are called ${text}: ${ids.slice(0, maxNamed).join(', ')}${more}. Type one of these, or an email address.`;
}

/** Names are the same whatever their letter case and the spaces around and between their words. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase().trim().replace(/\s+/g, ' ');
}

function ok<T>(value: T): FilterValue<T> {
  return { outcome: 'ok', value };
}

function wrong(message: string): FilterValue<never> {
  return { outcome: 'wrong', message };
}
