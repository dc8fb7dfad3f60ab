import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findViewer, type Viewer } from '../http/guards/session.ts';
import type { LargeBodies } from '../http/large-bodies.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import type { Services } from '../http/services.ts';
import type { Guard } from './guard.ts';
import type { FormPage, Handler } from './page.ts';
import { send } from './send.ts';
import { serve } from './serve.ts';

/** What all pages of one server share. */
interface Site {
  readonly services: Services;
  readonly largeBodies: LargeBodies;
}

/** A line of the sitemap. */
export interface SitePage {
  readonly methods: readonly ('GET' | 'POST')[];
  readonly path: string;
  readonly guard: Pick<Guard, 'who' | 'permissions'>;
  readonly addTo: (app: FastifyInstance, site: Site) => void;
}

/** Creates a line of the sitemap. The types ensure that the handlers fit the methods, and the viewer fits the guard. */
export function page<V extends Viewer | null>(
  methods: 'GET' | 'POST',
  path: string,
  guard: Guard<V>,
  handler: Handler<NoInfer<V>>,
): SitePage;
export function page<V extends Viewer | null>(
  methods: 'GET POST',
  path: string,
  guard: Guard<V>,
  handlers: FormPage<NoInfer<V>>,
): SitePage;
export function page<V extends Viewer | null>(
  methods: 'GET' | 'POST' | 'GET POST',
  path: string,
  guard: Guard<V>,
  handlers: Handler<V> | FormPage<V>,
): SitePage {
  const isForm = typeof handlers !== 'function';
  const get = isForm ? handlers.get : methods === 'GET' ? handlers : undefined;
  const post = isForm ? handlers : methods === 'POST' ? { post: handlers } : undefined;
  const allowed = [...(get ? (['GET'] as const) : []), ...(post ? (['POST'] as const) : [])];
  const addTo = (app: FastifyInstance, site: Site) => {
    if (get) app.get(path, (http, reply) => serve(site.services, { guard, handler: get }, http, reply));
    if (post) addForm(app, site, path, guard, post);
    refuseOtherMethods(app, path, allowed);
  };
  return { methods: allowed, path, guard, addTo };
}

function addForm<V extends Viewer | null>(
  app: FastifyInstance,
  site: Site,
  path: string,
  guard: Guard<V>,
  form: Omit<FormPage<V>, 'get'>,
): void {
  const { post: handler, isForm, formLimit } = form;
  const limits = formLimit === undefined ? {} : { bodyLimit: formLimit };
  app.post(path, { ...limits, onRequest: beforeTheForm(site, guard, formLimit) }, (http, reply) =>
    serve(site.services, { guard, handler, isForm }, http, reply),
  );
}

/**
 * Applies the guard before the form is read, so a form that is not permitted is refused without reading its body.
 * {@link serve} applies the guard again, because the session can end while the form arrives.
 */
function beforeTheForm({ services, largeBodies }: Site, guard: Guard, formLimit: number | undefined) {
  return async (http: FastifyRequest, reply: FastifyReply) => {
    if (guard.who === 'anyone') return;
    const admission = guard.admit(await findViewer(services, http), http, services.clock.now());
    if (admission.redirectBefore !== undefined) {
      return send({ kind: 'redirect', location: admission.redirectBefore }, http, reply);
    }
    const { viewer } = admission;
    if (viewer !== null && formLimit !== undefined) largeBodies.admit(viewer.user.id, formLimit, http, reply);
  };
}
