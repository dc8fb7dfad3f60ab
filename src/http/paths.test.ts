import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { isPlainPath, KnownPaths, pathOf, queryOf } from './paths.ts';

describe('a request target', () => {
  it.each([
    ['/a/', '/a/', ''],
    ['/a/?', '/a/', ''],
    ['/a/?x=1&y=%20+', '/a/', 'x=1&y=%20+'],
    ['/a/?x=?&y=#', '/a/', 'x=?&y=#'],
    ['?x=1', '', 'x=1'],
    ['', '', ''],
  ])('%j is split into path and query, byte for byte', (target, path, query) => {
    expect(pathOf(target)).toBe(path);
    expect(queryOf(target)).toBe(query);
  });
});

describe('a plain path', () => {
  it.each([
    '/',
    '/oauth2/token/',
    '/oauth2/token',
    '/api/v1/devices/17/',
    '/assets/app.css',
    '/api/v1/openapi.json',
    '/.well-known/oauth-authorization-server',
    '/.well-known/security.txt',
    '/~a/_b/-c',
  ])('is %s', (path) => {
    expect(isPlainPath(path)).toBe(true);
  });

  it.each([
    '//oauth2/token/',
    '/oauth2//token/',
    '/oauth2/token//',
    '/oauth2/%74oken/',
    '/oauth2%2ftoken/',
    '/oauth2/./token/',
    '/oauth2/../oauth2/token/',
    '/oauth2/token/..',
    '/.well-known/../api/',
    '/.well-known/.txt',
    '/.well-known/security.txt/',
    '/.well-known/security.txt.txt',
    '/.hidden',
    '/oauth2;x=1/token/',
    '/oauth2\\token/',
    '/oauth2/token/ ',
    '/oauth2/token/\n',
    '/oauth2/tökén/',
    '*',
    'http://other.example/oauth2/token/',
    'oauth2/token/',
  ])('is not %j', (path) => {
    expect(isPlainPath(path)).toBe(false);
  });
});

describe('the known paths', () => {
  const known = new KnownPaths();
  const app = Fastify();
  app.get('/before/', async () => '');
  known.watch(app);
  app.get('/oauth2/token/', async () => '');
  app.get('/api/v1/devices/:id/', async () => '');
  app.get('/assets/*', async () => '');
  app.get('/api/v1/openapi.json', async () => '');

  it.each(['/oauth2/token/', '/api/v1/devices/17/', '/assets/app.css', '/assets/a/b', '/api/v1/openapi.json'])(
    'contain %s',
    (path) => {
      expect(known.has(path)).toBe(true);
    },
  );

  it.each([
    '/oauth2/token',
    '/OAUTH2/token/',
    '/x/oauth2/token/',
    '/oauth2/token/x',
    '/api/v1/devices//',
    '/api/v1/devices/17/x/',
    '/api/v1/openapiXjson',
    '/before/',
  ])('do not contain %s', (path) => {
    expect(known.has(path)).toBe(false);
  });

  it('complete a path that only lacks its slash', () => {
    expect(known.withSlash('/oauth2/token')).toBe('/oauth2/token/');
    expect(known.withSlash('/api/v1/devices/17')).toBe('/api/v1/devices/17/');
  });

  it.each(['/oauth2/token/', '/oauth2/nothing', '//oauth2/token', '/oauth2/%74oken', '/api/v1/devices/..', ''])(
    'do not complete %j',
    (path) => {
      expect(known.withSlash(path)).toBeUndefined();
    },
  );
});
