import type { Params } from '../oauth/params.ts';

/** Where to go on after logging in: a pending authorization request, or a page of this site. */
export interface Destination {
  /** The id of the pending request, if there is one. */
  readonly resume: string | undefined;
  /** The page, if that was asked for and is one of this site. */
  readonly next: string | undefined;
}

const resumeSyntax = /^[A-Za-z0-9_-]{43}$/;
/** A path of this site and perhaps a query; so no scheme, no host, no backslash, no control character. */
const nextSyntax = /^\/(?![/\\])[A-Za-z0-9_.~!$&'()*+,;=:@%/-]*(?:\?[A-Za-z0-9_.~!$&'()*+,;=:@%/?-]*)?$/;

/** Reads it from the query of a page or from its form. Anything that would lead off this site counts as absent. */
export function destinationFrom(params: Params): Destination {
  const single = (name: string) => (params.repeated.has(name) ? undefined : params.get(name));
  const resume = single('resume');
  const next = single('next');
  return {
    resume: resume !== undefined && resumeSyntax.test(resume) ? resume : undefined,
    next: next !== undefined && isOnThisSite(next) ? next : undefined,
  };
}

export function isOnThisSite(path: string): boolean {
  if (!nextSyntax.test(path) || !URL.canParse(path, 'http://site.invalid')) return false;
  return new URL(path, 'http://site.invalid').host === 'site.invalid';
}

/** The address to send the browser to. */
export function locationOf(destination: Destination): string {
  if (destination.resume !== undefined) return `/oauth2/authorize/?resume=${destination.resume}`;
  return destination.next ?? '/account/';
}
