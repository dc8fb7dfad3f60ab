import type { FastifyInstance } from 'fastify';

/** Whether this node is shutting down, so that load balancers should send new requests to other nodes. */
export interface Draining {
  readonly now: boolean;
}

/**
 * Closes each connection after its response while the server drains: the next request on it could arrive after the
 * server has stopped (RFC 9112 9.6).
 */
export function closeConnectionsWhen(draining: Draining, app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    if (draining.now) reply.header('connection', 'close');
    done();
  });
}
