import type { FastifyInstance } from 'fastify';
import { answerHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import type { Services } from '../http/services.ts';

/** `GET /healthz`: the process answers. `GET /readyz`: and its database reads and writes, else 503. */
export function healthEndpoints(app: FastifyInstance, services: Services): void {
  app.get('/healthz', async (_request, reply) => {
    answerHeaders(reply);
    return { status: 'ok' };
  });
  app.get('/readyz', async (_request, reply) => {
    answerHeaders(reply);
    await services.store.maintenance.check({ write: true });
    return { status: 'ready' };
  });
  for (const path of ['/healthz', '/readyz']) refuseOtherMethods(app, path, ['GET']);
}
