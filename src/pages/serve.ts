import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, writeCookie } from '../http/cookies.ts';
import { formParams } from '../http/form-body.ts';
import { checkCsrf, csrfToken } from '../http/guards/csrf.ts';
import { findViewer, type Viewer } from '../http/guards/session.ts';
import { queryOf } from '../http/paths.ts';
import { Problem } from '../http/problem.ts';
import type { Services } from '../http/services.ts';
import { type Params, parseParams } from '../oauth/params.ts';
import type { Guard } from './guard.ts';
import type { FormPage, Handler } from './page.ts';
import { pageContextFor } from './page-context.ts';
import { send } from './send.ts';

interface ServedPage<V extends Viewer | null> {
  readonly guard: Guard<V>;
  readonly handler: Handler<V>;
  readonly isForm?: FormPage['isForm'];
}

const noForm: Params = parseParams('');

/** Responds to one request: the guard, then the form token of this browser, then the handler. */
export async function serve<V extends Viewer | null>(
  services: Services,
  { guard, handler, isForm }: ServedPage<V>,
  http: FastifyRequest,
  reply: FastifyReply,
) {
  const found = await findViewer(services, http);
  const admission = guard.admit(found, http, services.clock.now());
  if (admission.redirectBefore !== undefined) {
    return send({ kind: 'redirect', location: admission.redirectBefore }, http, reply);
  }
  const { viewer } = admission;
  const browserId = browserIdOf(services, http, reply);
  const form = http.method === 'POST' ? await readForm(services, isForm, http, reply, browserId) : noForm;
  const response = await handler({
    services,
    http,
    reply,
    query: parseParams(queryOf(http.url)),
    form,
    segments: http.params as Record<string, string>,
    viewer,
    context: pageContextFor(services, http, viewer, { csrf: csrfToken(browserId), form }),
  });
  return send(response, http, reply);
}

/** Reads the form of a POST and checks its form token. @throws {Problem} 405, 403 */
async function readForm(
  services: Services,
  isForm: FormPage['isForm'],
  http: FastifyRequest,
  reply: FastifyReply,
  browserId: string,
): Promise<Params> {
  const form = await formParams(http);
  if (isForm?.(form) === false) {
    reply.header('allow', 'GET, HEAD');
    throw new Problem(405, 'method_not_allowed', 'This address takes GET, HEAD');
  }
  checkCsrf(http, services.config, { browserId, token: form.get('csrf') });
  return form;
}

/** The secret in a cookie that form tokens are derived from. It is not stored on the server. */
function browserIdOf(services: Services, http: FastifyRequest, reply: FastifyReply): string {
  const existing = readCookie(http, services.config, 'browser');
  if (existing !== undefined) return existing;
  const created = services.random.text(32);
  writeCookie(reply, services.config, 'browser', created, null);
  return created;
}
