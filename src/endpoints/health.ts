import type { FastifyInstance } from 'fastify';
import { responseHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import { Problem } from '../http/problem.ts';
import type { Services } from '../http/services.ts';
import { atMostOncePerSecond } from './readiness.ts';

/**
 * `GET /healthz`: 200 while the process responds. `GET /readyz`: 200 if the database reads and writes, the key ring has
 * the platform's signing key and the server is not shutting down; otherwise 503.
 */
export function healthEndpoints(app: FastifyInstance, services: Services): void {
  const checkReadiness = atMostOncePerSecond(async () => {
    await services.store.maintenance.check({ write: true });
    if (await services.hasSigningKey()) return;
    app.log.error('the ring of keys was changed: it lacks the key that protects access tokens');
    throw notReady('This server has the wrong ring of keys');
  });
  app.get('/healthz', async (_request, reply) => {
    responseHeaders(reply);
    return { status: 'ok' };
  });
  app.get('/readyz', async (_request, reply) => {
    responseHeaders(reply);
    if (services.draining.now) throw notReady('This server is about to end');
    await checkReadiness();
    return { status: 'ready' };
  });
  for (const path of ['/healthz', '/readyz']) refuseOtherMethods(app, path, ['GET']);
}

function notReady(detail: string): Problem {
  return new Problem(503, 'temporarily_unavailable', detail, { retryAfterSeconds: 1 });
}
