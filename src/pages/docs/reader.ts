import type { Application } from '../../ports/store/index.ts';
import type { PageRequest } from '../page.ts';
import { type ExampleReader, unknownReader } from './examples.ts';

/** The application whose client ID and callback are filled into the examples, and the reader's other applications. */
export interface ReaderApplications {
  readonly reader: ExampleReader;
  /** `null`: the reader is not logged in, or has no active application. */
  readonly application: Pick<Application, 'clientId' | 'name'> | null;
  readonly others: readonly Pick<Application, 'clientId' | 'name'>[];
}

const none: ReaderApplications = { reader: unknownReader, application: null, others: [] };

/**
 * Characters without a special meaning inside a string literal of any example language. Another member may have chosen
 * the callback, so a callback with other characters is not filled in.
 */
const plainUri = /^[A-Za-z0-9:/._~?=&%[\]-]+$/;

/**
 * The active application that `?application=` names if the reader is its member, else the reader's first active one. A
 * sandbox is chosen only if there is no other.
 */
export async function readerApplicationsOf({ services, viewer, query }: PageRequest): Promise<ReaderApplications> {
  if (viewer === null) return none;
  const all = await services.store.members.applicationsOf(viewer.user.id);
  const active = all.map(({ application }) => application).filter(({ status }) => status === 'active');
  const named = active.find(({ clientId }) => clientId === query.get('application'));
  const application = named ?? active.find(({ sandboxUserId }) => sandboxUserId === null) ?? active[0];
  if (application === undefined) return none;
  const others = active.filter(({ id }) => id !== application.id);
  return { reader: readerFor(application), application, others };
}

function readerFor({ clientId, redirectUris }: Pick<Application, 'clientId' | 'redirectUris'>): ExampleReader {
  return { clientId, redirectUri: redirectUris.find((uri) => plainUri.test(uri)) ?? null };
}
