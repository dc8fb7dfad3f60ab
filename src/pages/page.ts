import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { may, type Power } from '../accounts/roles.ts';
import { readCookie, writeCookie } from '../http/cookies.ts';
import { formBody } from '../http/form-body.ts';
import { checkCsrf, csrfToken } from '../http/guards/csrf.ts';
import { findViewer, type Viewer } from '../http/guards/session.ts';
import { pageHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import { pathOf, queryOf } from '../http/paths.ts';
import { Problem } from '../http/problem.ts';
import type { Services } from '../http/services.ts';
import { type Params, parseParams } from '../oauth/params.ts';
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
  /** Within the site, or to a redirect URI that was matched. */
  | { readonly kind: 'redirect'; readonly location: string };

type Handler<V extends Viewer | null> = (request: PageRequest<V>) => Promise<PageAnswer>;

interface Handlers<V extends Viewer | null> {
  readonly path: string;
  readonly get?: Handler<V>;
  readonly post?: Handler<V>;
  /** What counts as a form of this page; any other POST is 405. Absent: every POST does. */
  readonly isForm?: (form: Params) => boolean;
  /** Only after the password was asked for in the last ten minutes. */
  readonly sensitive?: true;
  /** The most bytes a form may have; 64 kB if absent. */
  readonly formLimit?: number;
}

/** One page. Who may see it is a field of its own, so no page can be without an answer to that. */
export type Page =
  | ({ readonly guard: 'anyone' } & Handlers<Viewer | null>)
  | ({ readonly guard: 'signed-in' } & Handlers<Viewer>)
  | ({
      readonly guard: 'staff';
      /** Who sees it, and who may send its form; the same if there is no `postPower`. */
      readonly power: Power;
      readonly postPower?: Power;
    } & Handlers<Viewer>);

const noForm: Params = parseParams('');

/** Adds a page to the site. A POST without a form token of this browser is refused before the page sees it. */
export function registerPage(app: FastifyInstance, services: Services, page: Page): void {
  const { get, post, formLimit } = page;
  const methods = [...(get ? (['GET'] as const) : []), ...(post ? (['POST'] as const) : [])];
  if (get) app.get(page.path, (http, reply) => serve(services, page, get as Handler<Viewer | null>, http, reply));
  const limits = formLimit === undefined ? {} : { bodyLimit: formLimit };
  if (post)
    app.post(page.path, limits, (http, reply) => serve(services, page, post as Handler<Viewer | null>, http, reply));
  refuseOtherMethods(app, page.path, methods);
}

async function serve(
  services: Services,
  page: Page,
  handler: Handler<Viewer | null>,
  http: FastifyRequest,
  reply: FastifyReply,
) {
  const browserId = browserIdOf(services, http, reply);
  const viewer = await findViewer(services, http);
  const form = http.method === 'POST' ? readForm(services, page, http, reply, browserId) : noForm;
  const turnedAway = turnAway(page, viewer, http, services.clock.now());
  const answer =
    turnedAway ??
    (await handler({
      services,
      http,
      reply,
      query: parseParams(queryOf(http.url)),
      form,
      segments: http.params as Record<string, string>,
      viewer,
      shell: shellFor(services, http, viewer, { csrf: csrfToken(browserId), form }),
    }));
  return send(answer, http, reply);
}

/** Logged out: to the log-in page and back. No staff: as if the page did not exist. Without the power: refused. */
function turnAway(page: Page, viewer: Viewer | null, http: FastifyRequest, now: number): PageAnswer | undefined {
  if (page.guard === 'anyone') return undefined;
  if (viewer === null) {
    const next = http.method === 'POST' ? pathOf(http.url) : http.url;
    return { kind: 'redirect', location: `/login/?next=${encodeURIComponent(next)}` };
  }
  if (page.guard === 'staff') checkPower(page, viewer, http);
  if (page.sensitive && now - viewer.session.confirmedAt > confirmedForMs) {
    return { kind: 'redirect', location: `/account/confirm/?next=${encodeURIComponent(pathOf(http.url))}` };
  }
  return undefined;
}

/** How long it is known who sits there, after the password was asked for. */
const confirmedForMs = 10 * 60 * 1000;

function checkPower(page: Extract<Page, { guard: 'staff' }>, { user }: Viewer, http: FastifyRequest): void {
  if (user.staffRole === null) throw new Problem(404, 'not_found', 'There is nothing at this address');
  const power = http.method === 'POST' ? (page.postPower ?? page.power) : page.power;
  if (!may(user.staffRole, power)) throw new Problem(403, 'not_permitted', 'Your role does not permit this');
}

function readForm(
  services: Services,
  page: Page,
  http: FastifyRequest,
  reply: FastifyReply,
  browserId: string,
): Params {
  const form = parseParams(formBody(http));
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
  if (answer.kind === 'redirect') {
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
