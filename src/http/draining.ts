import type { FastifyInstance } from 'fastify';

/** Whether this node is about to end, and load balancers shall send new requests to others. */
export interface Draining {
  readonly now: boolean;
}

/**
 * Closes each connection after its response while the server drains: the next request on it could come after the server
 * has ended (RFC 9112 9.6).
 */
export function closeConnectionsWhen(draining: Draining, app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    if (draining.now) reply.header('connection', 'close');
    done();
  });
}
