import type { FastifyInstance, FastifyReply } from 'fastify';

/** The headers that a browser application may send besides the safelisted ones. */
export const allowedHeaders = ['Authorization', 'Content-Type'] as const;

/**
 * Allows browser applications of any origin to call `path`, and responds to their preflight. Only for endpoints that
 * ignore cookies; the authorization endpoint and the pages never use it (RFC 9700 2.6).
 */
export function allowAnyOrigin(app: FastifyInstance, path: string, methods: string): void {
  app.options(path, async (_request, reply) => {
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': methods,
      'access-control-allow-headers': allowedHeaders.join(', '),
      'access-control-max-age': '7200',
    });
    return reply.code(204).send();
  });
}

/** Adds the headers that let scripts of any origin read the response. */
export function readableByAnyOrigin(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*');
  reply.header('access-control-expose-headers', 'Retry-After, WWW-Authenticate, X-Request-Id');
}
