import type { FastifyInstance } from 'fastify';

/** Whether this node is about to end, and load balancers shall send new requests to others. */
export interface Draining {
  readonly now: boolean;
}

/**
 * While it drains, no connection is kept after its response: the next request on it might come when the server has ended
 * (RFC 9112 9.6).
 */
export function closeConnectionsWhen(draining: Draining, app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    if (draining.now) reply.header('connection', 'close');
    done();
  });
}
