import { addressOf } from '../http/address.ts';
import type { Viewer } from '../http/guards/session.ts';
import type { Desk } from '../use-cases/context.ts';
import type { PageRequest } from './page.ts';

/** Whoever is at this page, as the desk wants to know them. */
export function deskOf({ services, viewer, http }: PageRequest<Viewer>): Desk {
  const { store, random, clock, config } = services;
  return {
    store,
    random,
    now: clock.now(),
    actor: { kind: 'user', id: viewer.user.id },
    from: addressOf(http),
    publicUrl: config.publicUrl,
  };
}
