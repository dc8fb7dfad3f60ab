import { networkAddressOf } from '../http/address.ts';
import type { Viewer } from '../http/guards/session.ts';
import type { UseCaseContext } from '../use-cases/context.ts';
import type { PageRequest } from './page.ts';

/** The context of the use cases for a page request: the viewer as the actor, the network address, and the ports. */
export function contextForUseCase({ services, viewer, http }: PageRequest<Viewer>): UseCaseContext {
  const { store, random, clock, config } = services;
  return {
    store,
    random,
    now: clock.now(),
    actor: { kind: 'user', id: viewer.user.id },
    from: networkAddressOf(http),
    publicUrl: config.publicUrl,
  };
}
