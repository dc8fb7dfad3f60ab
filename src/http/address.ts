import type { FastifyRequest } from 'fastify';

/**
 * The network address a request came from. Empty once its connection is closed: Fastify then returns `undefined`,
 * against its type.
 */
export function networkAddressOf(request: FastifyRequest): string {
  const address: string | undefined = request.ip;
  return address ?? '';
}
