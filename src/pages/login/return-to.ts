import { endpointPaths } from '../../oauth/metadata.ts';
import type { Params } from '../../oauth/params.ts';

/** Where the browser goes after a login. */
export type ReturnTo =
  /** To the authorization request that is kept under this ID. In links and forms: `resume`. */
  | { readonly kind: 'request'; readonly id: string }
  /** To a page of this site. In links and forms: `next`. */
  | { readonly kind: 'page'; readonly path: string }
  | { readonly kind: 'account' };

const requestIdSyntax = /^[A-Za-z0-9_-]{43}$/;
/** A path of this site and perhaps a query; so no scheme, no host, no backslash, no control character. */
const pathSyntax = /^\/(?![/\\])[A-Za-z0-9_.~!$&'()*+,;=:@%/-]*(?:\?[A-Za-z0-9_.~!$&'()*+,;=:@%/?-]*)?$/;

/** Reads it from the query of a page or from its form. Anything that would lead off this site counts as absent. */
export function readReturnTo(params: Params): ReturnTo {
  const id = readRequestId(params);
  return id === undefined ? readReturnToPage(params) : { kind: 'request', id };
}

/** The same for what has nothing to do with an authorization request. */
export function readReturnToPage(params: Params): Exclude<ReturnTo, { kind: 'request' }> {
  const path = single(params, 'next');
  return path !== undefined && isOnThisSite(path) ? { kind: 'page', path } : { kind: 'account' };
}

/** The ID of the authorization request to return to, if one is named. */
export function readRequestId(params: Params): string | undefined {
  const id = single(params, 'resume');
  return id !== undefined && requestIdSyntax.test(id) ? id : undefined;
}

function single(params: Params, name: string): string | undefined {
  return params.repeated.has(name) ? undefined : params.get(name);
}

export function isOnThisSite(path: string): boolean {
  if (!pathSyntax.test(path) || !URL.canParse(path, 'http://site.invalid')) return false;
  return new URL(path, 'http://site.invalid').host === 'site.invalid';
}

/** The hidden fields of a form that returns there. */
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

/** A link to a page of signing in that returns there. */
export function linkTo(path: string, returnTo: ReturnTo): string {
  const [field] = Object.entries(returnFields(returnTo));
  return field === undefined ? path : `${path}?${field[0]}=${encodeURIComponent(field[1])}`;
}

/** The address to send the browser to. */
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
