import type { FastifyRequest } from 'fastify';

/**
 * The network address a request came from. Empty once its connection is gone: then the framework has none, whatever its
 * type says.
 */
export function networkAddressOf(request: FastifyRequest): string {
  const address: string | undefined = request.ip;
  return address ?? '';
}
