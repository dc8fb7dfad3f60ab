import type { Application } from '../../ports/store/index.ts';
import type { PageRequest } from '../page.ts';
import { type ExampleReader, unknownReader } from './examples.ts';

/** Whose client id and callback stand in the examples, and whose could. */
export interface Own {
  readonly reader: ExampleReader;
  /** `null`: the reader runs no application, or nobody is logged in. */
  readonly application: Pick<Application, 'clientId' | 'name'> | null;
  readonly others: readonly Pick<Application, 'clientId' | 'name'>[];
}

const nobody: Own = { reader: unknownReader, application: null, others: [] };

/**
 * Characters that mean nothing in any of the languages, anywhere in a string: a callback may have others, and somebody
 * else may have chosen it.
 */
const plainUri = /^[A-Za-z0-9:/._~?=&%[\]-]+$/;

/**
 * The application that `?application=` names if it is the reader's own, else the first that works, a real one before a
 * sandbox.
 */
export async function ownOf({ services, viewer, query }: PageRequest): Promise<Own> {
  if (viewer === null) return nobody;
  const all = await services.store.members.applicationsOf(viewer.user.id);
  const active = all.map(({ application }) => application).filter(({ status }) => status === 'active');
  const wanted = active.find(({ clientId }) => clientId === query.get('application'));
  const application = wanted ?? active.find(({ sandboxUserId }) => sandboxUserId === null) ?? active[0];
  if (application === undefined) return nobody;
  const others = active.filter(({ id }) => id !== application.id);
  return { reader: readerFor(application), application, others };
}

function readerFor({ clientId, redirectUris }: Pick<Application, 'clientId' | 'redirectUris'>): ExampleReader {
  return { clientId, redirectUri: redirectUris.find((uri) => plainUri.test(uri)) ?? null };
}
