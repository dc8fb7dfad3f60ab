import { endpointPaths } from '../../oauth/metadata.ts';
import type { Params } from '../../oauth/params.ts';

/** Where the browser goes after a login. */
export type ReturnTo =
  /** To the authorization request that is stored under this ID. The parameter `resume` of links and forms. */
  | { readonly kind: 'request'; readonly id: string }
  /** To a page of this site: its path and query. The parameter `next` of links and forms. */
  | { readonly kind: 'page'; readonly path: string }
  | { readonly kind: 'account' };

const requestIdSyntax = /^[A-Za-z0-9_-]{43}$/;
/** A path of this site with an optional query: no scheme, host, backslash, fragment or control character. */
const pathSyntax = /^\/(?![/\\])[A-Za-z0-9_.~!$&'()*+,;=:@%/-]*(?:\?[A-Za-z0-9_.~!$&'()*+,;=:@%/?-]*)?$/;

/** Reads the parameters of a query or form. A value that leads to another site is ignored. */
export function readReturnTo(params: Params): ReturnTo {
  const id = readRequestId(params);
  return id === undefined ? readReturnToPage(params) : { kind: 'request', id };
}

/** Like {@link readReturnTo}, for pages that are never part of an authorization request. */
export function readReturnToPage(params: Params): Exclude<ReturnTo, { kind: 'request' }> {
  const path = single(params, 'next');
  return path !== undefined && isOnThisSite(path) ? { kind: 'page', path } : { kind: 'account' };
}

/** The ID of the authorization request to return to, if there is one. */
export function readRequestId(params: Params): string | undefined {
  const id = single(params, 'resume');
  return id !== undefined && requestIdSyntax.test(id) ? id : undefined;
}

function single(params: Params, name: string): string | undefined {
  return params.repeated.has(name) ? undefined : params.get(name);
}

/** Whether it is a path of this site, as browsers resolve it. */
export function isOnThisSite(path: string): boolean {
  if (!pathSyntax.test(path) || !URL.canParse(path, 'http://site.invalid')) return false;
  return new URL(path, 'http://site.invalid').host === 'site.invalid';
}

/** The hidden fields that carry it in a form. */
export function returnFields(returnTo: ReturnTo): Readonly<Record<string, string>> {
  switch (returnTo.kind) {
    case 'request':
      return { resume: returnTo.id };
    case 'page':
      return { next: returnTo.path };
    case 'account':
      return {};
  }
}

/** A path with the parameter that carries it. */
export function linkTo(path: string, returnTo: ReturnTo): string {
  const [field] = Object.entries(returnFields(returnTo));
  return field === undefined ? path : `${path}?${field[0]}=${encodeURIComponent(field[1])}`;
}

/** The path and query to redirect the browser to. */
export function locationOf(returnTo: ReturnTo): string {
  switch (returnTo.kind) {
    case 'request':
      return linkTo(endpointPaths.authorize, returnTo);
    case 'page':
      return returnTo.path;
    case 'account':
      return '/account/';
  }
}
