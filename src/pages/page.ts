import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Viewer } from '../http/guards/session.ts';
import type { Services } from '../http/services.ts';
import type { CallbackLocation } from '../oauth/authorize/response.ts';
import type { Params } from '../oauth/params.ts';
import type { PageContext } from './page-context.ts';

/** A request as handlers get it. `V`: the viewer that the guard admits. */
export interface PageRequest<V extends Viewer | null = Viewer | null> {
  readonly services: Services;
  readonly http: FastifyRequest;
  readonly reply: FastifyReply;
  readonly query: Params;
  /** The form of a POST, after its form token was checked; empty for a GET. */
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
      /** Other origins that a form of this page may redirect to, for the content security policy. */
      readonly formTargets?: readonly string[];
      readonly retryAfterSeconds?: number;
    }
  /** Not HTML: data for programs, or a download. */
  | {
      readonly kind: 'document';
      readonly contentType: string;
      readonly body: string | Readable;
      /** Makes it a download of this name. Letters, digits, dots and hyphens. */
      readonly fileName?: string;
    }
  /** To a path of this site. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** To the callback of an application. */
  | { readonly kind: 'callback'; readonly location: CallbackLocation };

export type Handler<V extends Viewer | null = Viewer | null> = (request: PageRequest<V>) => Promise<PageResponse>;

/** A page with a form: GET shows it, POST receives it. */
export interface FormPage<V extends Viewer | null = Viewer | null> {
  readonly get: Handler<V>;
  readonly post: Handler<V>;
  /** Whether a POST is a form of this page; others get 405. Absent: every POST is. */
  readonly isForm?: (form: Params) => boolean;
  /** The maximum size in bytes, if not 64 kB. For users only, so that nobody else can send large bodies. */
  readonly formLimit?: null extends V ? never : number;
}
