import { expect, it } from 'vitest';
import type { Services } from '../../http/services.ts';
import { StoreUnavailable } from '../../ports/store/index.ts';
import { respondWithWaitingApplication } from './waiting-application.ts';

/** The page with the pending request `query`, while looking the application up does `find`. */
function respond(query: string, find: () => Promise<undefined>) {
  const services = {
    clock: { now: () => 0 },
    store: {
      pendingRequests: { find: async () => ({ query, createdAt: 0, expiresAt: 1 }) },
      applications: { findByClientId: find },
    },
  };
  const names: unknown[] = [];
  const page = respondWithWaitingApplication(
    services as unknown as Services,
    { kind: 'request', id: 'id' },
    200,
    undefined,
    (name) => {
      names.push(name);
      return null as never;
    },
  );
  return { page, names };
}

it('the page names no application if the request is invalid', async () => {
  const { page, names } = respond('client_id=unknown', async () => undefined);
  await expect(page).resolves.toMatchObject({ status: 200, formTargets: [] });
  expect(names).toEqual([null]);
});

it('a database that is away is an error, and not an invalid request', async () => {
  const { page } = respond('client_id=known', async () => {
    throw new StoreUnavailable('away');
  });
  await expect(page).rejects.toThrow(StoreUnavailable);
});
