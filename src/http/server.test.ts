import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest, sendRaw } from '../../test/support/network/raw-http.ts';
import { loadConfig } from '../config/load.ts';
import { acceptOnlyForms, formBody } from './form-body.ts';
import { refuseOtherMethods } from './methods.ts';
import type { Problem } from './problem.ts';
import { createServer, writeProblemsWith } from './server.ts';

const config = loadConfig({ INSIDERS_LOG_LEVEL: 'silent' });

/** A writer that responds with its own name and the problem. */
const writerNamed = (writer: string) => async (problem: Problem, request: FastifyRequest, reply: FastifyReply) =>
  reply.code(problem.status).send({ writer, code: problem.code, detail: problem.detail, id: request.id });

function start(overrides: Parameters<typeof loadConfig>[1] = {}) {
  const app = createServer(overrides === undefined ? config : loadConfig({ INSIDERS_LOG_LEVEL: 'silent' }, overrides), {
    forPages: writerNamed('page'),
    forApi: writerNamed('api'),
    forPrograms: writerNamed('program'),
  });
  app.register(async (programs) => {
    acceptOnlyForms(programs);
    programs.post('/oauth2/token/', async (request) => ({ token: formBody(request) }));
    refuseOtherMethods(programs, '/oauth2/token/', ['POST']);
  });
  app.get('/oauth2/authorize/', async (request) => ({ url: request.url }));
  app.get('/api/v1/devices/', async () => ({ count: 0 }));
  app.get('/api/v1/devices/:id/', async (request) => request.params);
  app.get('/account/', async (request) => ({ from: request.ip }));
  app.get('/fault/', async () => {
    throw new Error('hunter2');
  });
  app.get('/.well-known/oauth-authorization-server', async () => ({}));
  app.register(async (part) => {
    writeProblemsWith(part, writerNamed('own'));
    part.get('/part/', async () => {
      throw new Error('x');
    });
  });
  return app;
}

const app = start();
let origin: string;
beforeAll(async () => {
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());
/** Sends a request whose target no library normalises. */
const sendTarget = (method: string, target: string, body = '') =>
  sendRaw(origin, rawRequest(`${method} ${target}`, ['Content-Type: application/x-www-form-urlencoded'], body));
const html = { accept: 'text/html,application/xhtml+xml' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('an unknown address', () => {
  it.each([
    ['/nothing/', {}, 'program'],
    ['/nothing/', html, 'page'],
    ['/', html, 'page'],
    ['/api/v1/nothing/', html, 'api'],
    ['/api', {}, 'api'],
    ['/oauth2/nothing/', html, 'program'],
    ['/.well-known/nothing', html, 'program'],
    ['/apiary/', html, 'page'],
  ])('is 404: %s with %j, written by the %s writer', async (url, headers, writer) => {
    const response = await app.inject({ url, headers });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ writer, code: 'not_found', detail: 'There is nothing at this address' });
  });

  it.each(['/oauth2/token/x', '/oauth2/tokens/', '/OAUTH2/token/', '/oauth2/'])(
    'is not served as a similar one: %s',
    async (url) => {
      const response = await app.inject({ method: 'POST', url, headers: form, payload: 'a=1' });
      expect(response.statusCode).toBe(404);
      expect(response.body).not.toContain('"token"');
    },
  );
});

describe('an alias of an address', () => {
  it.each([
    '//oauth2/token/',
    '/oauth2//token/',
    '/oauth2/token//',
    '/oauth2/%74oken/',
    '/%6fauth2/token/',
    '/oauth2%2Ftoken/',
    '/oauth2%2ftoken%2f',
    '/oauth2/token/%00',
    '/oauth2/token/%',
    '/oauth2/token;x=1/',
    '/x/../oauth2/token/',
    '/./oauth2/token/',
    '/x/%2e%2e/oauth2/token/',
  ])('is 404: POST %s', async (target) => {
    const response = await sendTarget('POST', target, 'a=1');
    expect(response.status).toBe(404);
    expect(response.body).not.toContain('"token"');
  });

  it('in absolute form is 404', async () => {
    expect((await sendTarget('POST', `${origin}/oauth2/token/`, 'a=1')).status).toBe(404);
  });

  it.each(['/api/v1/devices/%31/', '/api/v1/devices/..%2f1/', '/account%2f', '/acc%6funt/', '/api/../account/'])(
    'is 404: GET %s',
    async (target) => {
      expect((await sendTarget('GET', target)).status).toBe(404);
    },
  );

  it('with a segment that is too long is 404', async () => {
    expect((await app.inject(`/api/v1/devices/${'1'.repeat(101)}/`)).statusCode).toBe(404);
  });
});

describe('an address without its trailing slash', () => {
  it.each([
    ['/oauth2/authorize', '/oauth2/authorize/'],
    ['/oauth2/authorize?', '/oauth2/authorize/?'],
    ['/oauth2/authorize?a=%20+%2F&a=b&c', '/oauth2/authorize/?a=%20+%2F&a=b&c'],
    ['/oauth2/authorize?a=?/&b=%zz', '/oauth2/authorize/?a=?/&b=%zz'],
    [
      '/oauth2/authorize?redirect_uri=https%3A%2F%2Fams.example',
      '/oauth2/authorize/?redirect_uri=https%3A%2F%2Fams.example',
    ],
    ['/account', '/account/'],
    ['/api/v1/devices', '/api/v1/devices/'],
    ['/api/v1/devices/17?x=1', '/api/v1/devices/17/?x=1'],
  ])('is redirected for GET and HEAD, with its query byte for byte: %s', async (url, location) => {
    for (const method of ['GET', 'HEAD']) {
      const { status, head } = await sendTarget(method, url);
      expect(status).toBe(308);
      expect(head.split('\r\n')).toEqual(expect.arrayContaining([`location: ${location}`, 'cache-control: no-store']));
    }
  });

  it.each([
    ['/oauth2/token', '/oauth2/token/', 'program'],
    ['/oauth2/token?x=1', '/oauth2/token/', 'program'],
    ['/api/v1/devices', '/api/v1/devices/', 'api'],
    ['/account', '/account/', 'program'],
  ])('is refused for POST with the right address: %s', async (url, right, writer) => {
    const response = await app.inject({ method: 'POST', url, headers: { ...form, ...html }, payload: 'a=hunter2' });
    expect(response.statusCode).toBe(404);
    expect(response.headers.location).toBeUndefined();
    expect(response.json()).toMatchObject({ writer, detail: `The address needs its trailing slash: ${right}` });
    expect(response.body).not.toContain('hunter2');
  });

  it.each(['//evil.example', '//evil.example/account', '/\\evil.example', '/nothing', '/acc%6funt', '/account/..'])(
    'is never redirected to another site: %s',
    async (target) => {
      const { status, head } = await sendTarget('GET', target);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(head).not.toMatch(/^location:/im);
    },
  );

  it('is served where the address has no trailing slash', async () => {
    expect((await app.inject('/.well-known/oauth-authorization-server')).statusCode).toBe(200);
    expect((await app.inject('/.well-known/oauth-authorization-server/')).statusCode).toBe(404);
  });
});

describe('every response', () => {
  it('has a unique id, which its sender can not choose', async () => {
    const [one, other] = [
      await app.inject({ url: '/account/', headers: { 'x-request-id': 'mine', 'request-id': 'mine' } }),
      await app.inject('/nothing/'),
    ];
    const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
    expect(one.headers['x-request-id']).toMatch(uuid);
    expect(other.headers['x-request-id']).toMatch(uuid);
    expect(one.headers['x-request-id']).not.toBe(other.headers['x-request-id']);
    expect(other.json().id).toBe(other.headers['x-request-id']);
  });

  it('reveals nothing of an error but that there was one', async () => {
    const response = await app.inject('/fault/');
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ writer: 'program', code: 'server_error' });
    expect(response.body).not.toContain('hunter2');
  });

  it('of a part of the site with its own writer is written by it', async () => {
    expect((await app.inject('/part/')).json()).toMatchObject({ writer: 'own' });
  });

  it('refuses more than 64 kB', async () => {
    const post = (size: number) =>
      app.inject({ method: 'POST', url: '/oauth2/token/', headers: form, payload: 'x'.repeat(size) });
    expect((await post(64 * 1024)).statusCode).toBe(200);
    const response = await post(64 * 1024 + 1);
    expect(response.statusCode).toBe(413);
    expect(response.json()).toMatchObject({ writer: 'program', code: 'too_large' });
  });

  it('to a wrong method names the right one', async () => {
    const response = await app.inject({ method: 'GET', url: '/oauth2/token/', headers: html });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('POST');
    expect(response.json()).toMatchObject({ writer: 'program' });
  });
});

describe('the address of the sender', () => {
  const addressWith = async (trustProxy?: string) => {
    const site = start(trustProxy === undefined ? {} : { trustProxy });
    const response = await site.inject({ url: '/account/', headers: { 'x-forwarded-for': '203.0.113.9' } });
    await site.close();
    return response.json().from;
  };

  it('is the peer of the connection', async () => {
    expect(await addressWith()).toBe('127.0.0.1');
  });

  it('is taken from X-Forwarded-For of a trusted proxy', async () => {
    expect(await addressWith('127.0.0.0/8')).toBe('203.0.113.9');
    expect(await addressWith('10.0.0.0/8')).toBe('127.0.0.1');
  });
});
