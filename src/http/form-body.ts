import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type Params, parseLongParams, parseParams } from '../oauth/params.ts';
import { bodyLimit } from './limits.ts';
import { Problem } from './problem.ts';

/** Accepts only `application/x-www-form-urlencoded` bodies within `app`, and hands them on as undecoded text. */
export function acceptOnlyForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
    // Bytes that are not UTF-8 would become replacement characters, so that two different passwords would be equal.
    isUtf8(body as Buffer)
      ? done(null, body.toString())
      : done(new Problem(400, 'invalid_request', 'The form must be UTF-8')),
  );
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(new Problem(400, 'invalid_request', 'The content type must be application/x-www-form-urlencoded'));
  });
}

/** The undecoded form that {@link acceptOnlyForms} accepted; empty without a body. */
export function formBody(request: { readonly body: unknown }): string {
  return typeof request.body === 'string' ? request.body : '';
}

/** The decoded form. A long one is decoded in steps, between which other requests are served. */
export async function formParams(request: { readonly body: unknown }): Promise<Params> {
  const text = formBody(request);
  return text.length > bodyLimit ? parseLongParams(text, setImmediate) : parseParams(text);
}
