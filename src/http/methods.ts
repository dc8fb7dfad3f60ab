import type { FastifyInstance, HTTPMethods } from 'fastify';
import { Problem } from './problem.ts';

const everyMethod: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** Responds with 405 and `Allow` to every method of `path` that has no handler. Call after its routes. */
export function refuseOtherMethods(app: FastifyInstance, path: string, allowed: readonly HTTPMethods[]): void {
  const others = everyMethod.filter((method) => !allowed.includes(method));
  const allow = [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : [])].join(', ');
  app.route({
    method: [...others],
    url: path,
    // In onRequest, so that the body is not parsed.
    onRequest: async (_request, reply) => {
      reply.header('allow', allow);
      throw new Problem(405, 'method_not_allowed', `This address takes ${allow}`);
    },
    handler: () => undefined,
  });
}
