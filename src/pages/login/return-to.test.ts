import { describe, expect, it } from 'vitest';
import { parseParams } from '../../oauth/params.ts';
import {
  isOnThisSite,
  linkTo,
  locationOf,
  type ReturnTo,
  readRequestId,
  readReturnTo,
  readReturnToPage,
  returnFields,
} from './return-to.ts';

const requestId = 'r'.repeat(43);
const goingTo = (query: string) => locationOf(readReturnTo(parseParams(query)));

describe('a page of this site', () => {
  it.each([
    '/',
    '/account/',
    '/account/applications/8x_-Q/disconnect/',
    '/device-activation/?serial_number=012345',
    '/oauth2/authorize/?client_id=a&redirect_uri=https%3A%2F%2Fams.example%2F&state=a%20b+c',
    '/a/?next=https://evil.example',
    '/a/@evil.example',
    '/a//evil.example',
  ])('is %s', (path) => {
    expect(isOnThisSite(path)).toBe(true);
    expect(new URL(path, 'https://insiders.example').origin).toBe('https://insiders.example');
    expect(goingTo(`next=${encodeURIComponent(path)}`)).toBe(path);
  });

  it.each([
    '//evil.example',
    '///evil.example',
    '////evil.example/',
    '/\\evil.example',
    '/\\/evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/ /evil.example',
    '\u00a0//evil.example',
    '/\u2028/evil.example',
    '/\u202e',
    '/account/\r\nSet-Cookie: session=x',
    'https://evil.example',
    'https:evil.example',
    'https:/evil.example',
    'http:///evil.example',
    'HTTPS://evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'mailto:a@evil.example',
    'evil.example',
    '@evil.example',
    '.evil.example',
    ':80',
    '?next=/',
    '#',
    '',
    '/account/#fragment',
    '/account/"><script>alert(1)</script>',
    '/ä',
  ])('is not %j', (path) => {
    expect(isOnThisSite(path)).toBe(false);
    expect(goingTo(`next=${encodeURIComponent(path)}`)).toBe('/account/');
  });

  it('contains no NUL', () => {
    expect(isOnThisSite('\u0000/evil.example')).toBe(false);
    expect(isOnThisSite('/\u0000/evil.example')).toBe(false);
  });

  it.each(['/%2Fevil.example', '/%5Cevil.example', '/%09/evil.example', '/%2e%2e//evil.example'])(
    'stays on this site if it is encoded twice: %s',
    (path) => {
      const location = goingTo(`next=${encodeURIComponent(path)}`);
      expect(new URL(location, 'https://insiders.example').origin).toBe('https://insiders.example');
      expect(location).not.toMatch(/^\/[/\\]/);
    },
  );

  it.each(['/..//evil.example', '/.//evil.example', '/a/..//evil.example', '/%2e//evil.example'])(
    'stays on this site after a browser resolves its dots: %s',
    (path) => {
      if (!isOnThisSite(path)) return;
      expect(new URL(path, 'https://insiders.example').origin).toBe('https://insiders.example');
    },
  );
});

describe('where a login returns to', () => {
  it('is the account by default', () => {
    expect(goingTo('')).toBe('/account/');
  });

  it('is the pending request, even if there is a page too', () => {
    expect(goingTo(`resume=${requestId}&next=/device-activation/`)).toBe(`/oauth2/authorize/?resume=${requestId}`);
  });

  it.each([
    'resume=short',
    `resume=${requestId}x`,
    `resume=${'r'.repeat(42)}/`,
    `resume=${'r'.repeat(42)}%0a`,
    `resume=${requestId}%0d%0aSet-Cookie:x`,
    `resume[]=${requestId}`,
  ])('is not a pending request if the ID is malformed: %s', (query) => {
    expect(goingTo(query)).toBe('/account/');
  });

  it('is ignored if it is repeated', () => {
    expect(goingTo('next=/&next=//evil.example')).toBe('/account/');
    expect(goingTo('next=//evil.example&next=/')).toBe('/account/');
    expect(goingTo(`resume=${requestId}&resume=${'s'.repeat(43)}`)).toBe('/account/');
  });

  it('is not read from parameters with brackets, as other frameworks write arrays', () => {
    expect(goingTo('next[]=/device-activation/')).toBe('/account/');
    expect(goingTo('next[0]=/device-activation/')).toBe('/account/');
  });
});

describe('a page that is never part of an authorization request', () => {
  it('reads the path only', () => {
    const params = parseParams(`resume=${requestId}&next=/device-activation/`);
    expect(readReturnToPage(params)).toEqual({ kind: 'page', path: '/device-activation/' });
    expect(readReturnToPage(parseParams(`resume=${requestId}`))).toEqual({ kind: 'account' });
  });
});

describe('a page that is part of an authorization request', () => {
  it('reads the ID of the request only', () => {
    expect(readRequestId(parseParams(`resume=${requestId}&next=/device-activation/`))).toBe(requestId);
    expect(readRequestId(parseParams('next=/device-activation/'))).toBeUndefined();
  });
});

describe.each<ReturnTo>([
  { kind: 'request', id: requestId },
  { kind: 'page', path: '/a/?b=c&d=%20+e' },
  { kind: 'account' },
])('between the login and signup pages, to return to $kind', (returnTo) => {
  it('a link carries it', () => {
    const link = linkTo('/signup/', returnTo);
    expect(link).toMatch(/^\/signup\/(?:\?|$)/);
    expect(readReturnTo(parseParams(link.split('?')[1] ?? ''))).toEqual(returnTo);
  });

  it('a form carries it', () => {
    const form = new URLSearchParams(returnFields(returnTo)).toString();
    expect(readReturnTo(parseParams(form))).toEqual(returnTo);
  });
});
