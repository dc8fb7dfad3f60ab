import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/load.ts';
import { Problem } from '../problem.ts';

/** The token in every form of a browser: a hash of its cookie `browser`, which other sites can't read. */
export function csrfToken(browserId: string): string {
  return hash('sha256', `insiders csrf 1\0${browserId}`, 'base64url');
}

/**
 * Refuses a form that was not sent from one of our pages: by the headers in which the browser names the origin, and by
 * the token.
 * @throws {Problem} 403
 */
export function checkCsrf(
  request: FastifyRequest,
  config: Config,
  form: { readonly browserId: string | undefined; readonly token: string | undefined },
): void {
  if (!sameOrigin(request, config) || !tokenMatches(form.browserId, form.token)) {
    throw new Problem(403, 'foreign_form', 'This form did not come from a page of ours, or its page is out of date');
  }
}

function sameOrigin(request: FastifyRequest, config: Config): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return origin === config.publicUrl || origin === `http://${host}` || origin === `https://${host}`;
}

function tokenMatches(browserId: string | undefined, token: string | undefined): boolean {
  if (browserId === undefined || token === undefined) return false;
  const expected = Buffer.from(csrfToken(browserId));
  const received = Buffer.from(token);
  return expected.length === received.length && timingSafeEqual(expected, received);
}
