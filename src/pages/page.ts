import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { readCookie, writeCookie } from '../http/cookies.ts';
import { formParams } from '../http/form-body.ts';
import { checkCsrf, csrfToken } from '../http/guards/csrf.ts';
import { findViewer, type Viewer } from '../http/guards/session.ts';
import { pageHeaders } from '../http/headers.ts';
import type { LargeBodies } from '../http/large-bodies.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import { queryOf } from '../http/paths.ts';
import { Problem } from '../http/problem.ts';
import type { Services } from '../http/services.ts';
import type { CallbackLocation } from '../oauth/authorize/response.ts';
import { type Params, parseParams } from '../oauth/params.ts';
import { detourOf, type Guard } from './guard.ts';
import { shellFor } from './shell.ts';
import { renderDocument } from './ui/document.tsx';
import type { Shell } from './ui/shell.ts';

/** What a page is given of a request. */
export interface PageRequest<V extends Viewer | null = Viewer | null> {
  readonly services: Services;
  readonly http: FastifyRequest;
  readonly reply: FastifyReply;
  readonly query: Params;
  /** The form of a POST, after its origin was checked; empty for a GET. */
  readonly form: Params;
  /** The named segments of the path. */
  readonly segments: Readonly<Record<string, string>>;
  readonly viewer: V;
  readonly shell: Shell;
}

export type PageAnswer =
  | {
      readonly kind: 'page';
      readonly view: VNode;
      /** 200 if absent. */
      readonly status?: number;
      /** Where a form of this page may end beside this site. */
      readonly formTargets?: readonly string[];
      readonly retryAfterSeconds?: number;
    }
  /** Something else than a page: for programs, or to be saved. */
  | {
      readonly kind: 'document';
      readonly contentType: string;
      readonly body: string | Readable;
      /** Saved under this name instead of shown. Letters, digits, dots and hyphens. */
      readonly fileName?: string;
    }
  /** Within the site: a path. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** To an application. */
  | { readonly kind: 'callback'; readonly location: CallbackLocation };

type Handler<V extends Viewer | null> = (request: PageRequest<V>) => Promise<PageAnswer>;

interface Handlers<V extends Viewer | null> {
  readonly path: string;
  readonly get?: Handler<V>;
  readonly post?: Handler<V>;
  /** What counts as a form of this page; any other POST is 405. Absent: every POST does. */
  readonly isForm?: (form: Params) => boolean;
}

/** Only users have forms beyond 64 kB, so that strangers can't make the server read much. */
interface LargeForm {
  /** The most bytes a form may have. */
  readonly formLimit?: number;
}

/** One page. Who may see it is a field of its own, so no page can be without an answer to that. */
export type Page =
  | (Extract<Guard, { guard: 'anyone' }> & { readonly formLimit?: never } & Handlers<Viewer | null>)
  | (Exclude<Guard, { guard: 'anyone' }> & Handlers<Viewer> & LargeForm);

const noForm: Params = parseParams('');

/** What the pages of one server share. */
export interface Site {
  readonly services: Services;
  readonly largeBodies: LargeBodies;
}

/** Adds a page to the site. A POST without a form token of this browser is refused before the page sees it. */
export function registerPage(app: FastifyInstance, site: Site, page: Page): void {
  const { get, post, formLimit } = page;
  const methods = [...(get ? (['GET'] as const) : []), ...(post ? (['POST'] as const) : [])];
  if (get) app.get(page.path, (http, reply) => serve(site.services, page, get as Handler<Viewer | null>, http, reply));
  if (post) {
    const limits = formLimit === undefined ? {} : { bodyLimit: formLimit };
    app.post(page.path, { ...limits, onRequest: beforeTheForm(site, page) }, (http, reply) =>
      serve(site.services, page, post as Handler<Viewer | null>, http, reply),
    );
  }
  refuseOtherMethods(app, page.path, methods);
}

/**
 * Applies the guard before a form is read: who may not send it gets the error at once, and the body is discarded
 * unread. {@link serve} applies it again, because the session can end while the form arrives.
 */
function beforeTheForm({ services, largeBodies }: Site, page: Page) {
  return async (http: FastifyRequest, reply: FastifyReply) => {
    if (page.guard === 'anyone') return;
    const viewer = await findViewer(services, http);
    const detour = detourOf(page, viewer, http, services.clock.now());
    if (detour !== undefined) return send({ kind: 'redirect', location: detour }, http, reply);
    if (viewer !== null && page.formLimit !== undefined) {
      largeBodies.admit(viewer.user.id, page.formLimit, http, reply);
    }
  };
}

async function serve(
  services: Services,
  page: Page,
  handler: Handler<Viewer | null>,
  http: FastifyRequest,
  reply: FastifyReply,
) {
  const viewer = await findViewer(services, http);
  const detour = detourOf(page, viewer, http, services.clock.now());
  if (detour !== undefined) return send({ kind: 'redirect', location: detour }, http, reply);
  const browserId = browserIdOf(services, http, reply);
  const form = http.method === 'POST' ? await readForm(services, page, http, reply, browserId) : noForm;
  const answer = await handler({
    services,
    http,
    reply,
    query: parseParams(queryOf(http.url)),
    form,
    segments: http.params as Record<string, string>,
    viewer,
    shell: shellFor(services, http, viewer, { csrf: csrfToken(browserId), form }),
  });
  return send(answer, http, reply);
}

async function readForm(
  services: Services,
  page: Page,
  http: FastifyRequest,
  reply: FastifyReply,
  browserId: string,
): Promise<Params> {
  const form = await formParams(http);
  if (page.isForm?.(form) === false) {
    reply.header('allow', 'GET, HEAD');
    throw new Problem(405, 'method_not_allowed', 'This address takes GET, HEAD');
  }
  checkCsrf(http, services.config, { browserId, token: form.get('csrf') });
  return form;
}

/** The secret that this browser's form tokens are made from; nothing is stored for it on our side. */
function browserIdOf(services: Services, http: FastifyRequest, reply: FastifyReply): string {
  const known = readCookie(http, services.config, 'browser');
  if (known !== undefined) return known;
  const fresh = services.random.text(32);
  writeCookie(reply, services.config, 'browser', fresh, null);
  return fresh;
}

function send(answer: PageAnswer, http: FastifyRequest, reply: FastifyReply) {
  if (answer.kind === 'redirect' || answer.kind === 'callback') {
    if (answer.kind === 'redirect' && !/^\/(?![/\\])/.test(answer.location)) {
      throw new RangeError('A redirect within the site begins with one slash');
    }
    pageHeaders(reply);
    // After a form the browser must go on with GET; 302 is what clients of the authorization endpoint expect of a GET.
    return reply
      .code(http.method === 'POST' ? 303 : 302)
      .header('location', answer.location)
      .send();
  }
  pageHeaders(reply, answer.kind === 'page' ? answer.formTargets : []);
  if (answer.kind === 'document') {
    if (answer.fileName) reply.header('content-disposition', `attachment; filename="${answer.fileName}"`);
    return reply.type(answer.contentType).send(answer.body);
  }
  if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', String(answer.retryAfterSeconds));
  return reply
    .code(answer.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(renderDocument(answer.view));
}
