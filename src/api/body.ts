import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses bodies within `app` as JSON in UTF-8 (RFC 8259 8.1). A missing body is `undefined`, whatever its content type.
 */
export function acceptOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => parseJson(body),
  );
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(new Problem(415, 'unsupported_media_type', 'The content type must be application/json'));
  });
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(utf8.decode(body), withoutPrototype);
  } catch (cause) {
    throw new Problem(400, 'invalid_request', 'The body is not valid JSON in UTF-8', { cause });
  }
}

/** Drops `__proto__`: no schema has such a key, and it must not reach a prototype. */
function withoutPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
