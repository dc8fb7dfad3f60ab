import type { FastifyInstance } from 'fastify';
import { answerHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import { Problem } from '../http/problem.ts';
import type { Services } from '../http/services.ts';
import { remembering } from './readiness.ts';

/** `GET /healthz`: the process answers. `GET /readyz`: its database reads and writes, and it is not about to end, else 503. */
export function healthEndpoints(app: FastifyInstance, services: Services): void {
  const examine = remembering(() => services.store.maintenance.check({ write: true }));
  app.get('/healthz', async (_request, reply) => {
    answerHeaders(reply);
    return { status: 'ok' };
  });
  app.get('/readyz', async (_request, reply) => {
    answerHeaders(reply);
    if (services.draining.now) throw new Problem(503, 'temporarily_unavailable', 'This server is about to end');
    await examine();
    return { status: 'ready' };
  });
  for (const path of ['/healthz', '/readyz']) refuseOtherMethods(app, path, ['GET']);
}
