import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Viewer } from '../http/guards/session.ts';
import type { Services } from '../http/services.ts';
import type { CallbackLocation } from '../oauth/authorize/response.ts';
import type { Params } from '../oauth/params.ts';
import type { PageContext } from './page-context.ts';

/** What the handler of a page is given. `V`: whether somebody is logged in for certain. */
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
  readonly context: PageContext;
}

export type PageResponse =
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

export type Handler<V extends Viewer | null = Viewer | null> = (request: PageRequest<V>) => Promise<PageResponse>;

/** A page with a form: GET shows it, POST receives it. */
export interface FormPage<V extends Viewer | null = Viewer | null> {
  readonly get: Handler<V>;
  readonly post: Handler<V>;
  /** What counts as a form of this page; any other POST is 405. Absent: every POST does. */
  readonly isForm?: (form: Params) => boolean;
  /** The most bytes of the form, if not 64 kB. Only for users, so that strangers can't make the server read much. */
  readonly formLimit?: null extends V ? never : number;
}
