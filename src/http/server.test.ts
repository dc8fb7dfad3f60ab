import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest, sendRaw } from '../../test/support/raw.ts';
import { loadConfig } from '../config/load.ts';
import { acceptOnlyForms, formBody } from './form-body.ts';
import { refuseOtherMethods } from './methods.ts';
import type { Problem } from './problem.ts';
import { createServer, writeProblemsWith } from './server.ts';

const config = loadConfig({ INSIDERS_LOG_LEVEL: 'silent' });

/** Writes which writer wrote, and what. */
const writerNamed = (writer: string) => async (problem: Problem, request: FastifyRequest, reply: FastifyReply) =>
  reply.code(problem.status).send({ writer, code: problem.code, detail: problem.detail, id: request.id });

function start(more: Parameters<typeof loadConfig>[1] = {}) {
  const app = createServer(more === undefined ? config : loadConfig({ INSIDERS_LOG_LEVEL: 'silent' }, more), {
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
/** A request whose target nobody makes plain on the way. */
const sent = (method: string, target: string, body = '') =>
  sendRaw(origin, rawRequest(`${method} ${target}`, ['Content-Type: application/x-www-form-urlencoded'], body));
const html = { accept: 'text/html,application/xhtml+xml' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('an address that there is not', () => {
  it.each([
    ['/nothing/', {}, 'program'],
    ['/nothing/', html, 'page'],
    ['/', html, 'page'],
    ['/api/v1/nothing/', html, 'api'],
    ['/api', {}, 'api'],
    ['/oauth2/nothing/', html, 'program'],
    ['/.well-known/nothing', html, 'program'],
    ['/apiary/', html, 'page'],
  ])('is 404: %s with %j, in words for a %s', async (url, headers, writer) => {
    const answer = await app.inject({ url, headers });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ writer, code: 'not_found', detail: 'There is nothing at this address' });
  });

  it.each(['/oauth2/token/x', '/oauth2/tokens/', '/OAUTH2/token/', '/oauth2/'])(
    'is not taken for another: %s',
    async (url) => {
      const answer = await app.inject({ method: 'POST', url, headers: form, payload: 'a=1' });
      expect(answer.statusCode).toBe(404);
      expect(answer.body).not.toContain('"token"');
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
  ])('is nothing: POST %s', async (target) => {
    const answer = await sent('POST', target, 'a=1');
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('"token"');
  });

  it('that is written with its origin is 404 too', async () => {
    expect((await sent('POST', `${origin}/oauth2/token/`, 'a=1')).status).toBe(404);
  });

  it.each(['/api/v1/devices/%31/', '/api/v1/devices/..%2f1/', '/account%2f', '/acc%6funt/', '/api/../account/'])(
    'is nothing: GET %s',
    async (target) => {
      expect((await sent('GET', target)).status).toBe(404);
    },
  );

  it('with a segment that is too long is 404 as well', async () => {
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
  ])('is sent on when it is read, with its query byte for byte: %s', async (url, location) => {
    for (const method of ['GET', 'HEAD']) {
      const { status, head } = await sent(method, url);
      expect(status).toBe(308);
      expect(head.split('\r\n')).toEqual(expect.arrayContaining([`location: ${location}`, 'cache-control: no-store']));
    }
  });

  it.each([
    ['/oauth2/token', '/oauth2/token/', 'program'],
    ['/oauth2/token?x=1', '/oauth2/token/', 'program'],
    ['/api/v1/devices', '/api/v1/devices/', 'api'],
    ['/account', '/account/', 'program'],
  ])('is not served when it is written, but told the right one: POST %s', async (url, right, writer) => {
    const answer = await app.inject({ method: 'POST', url, headers: { ...form, ...html }, payload: 'a=hunter2' });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.json()).toMatchObject({ writer, detail: `The address needs its trailing slash: ${right}` });
    expect(answer.body).not.toContain('hunter2');
  });

  it.each(['//evil.example', '//evil.example/account', '/\\evil.example', '/nothing', '/acc%6funt', '/account/..'])(
    'is never sent to another place: %s',
    async (target) => {
      const { status, head } = await sent('GET', target);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(head).not.toMatch(/^location:/im);
    },
  );

  it('is right as it is where the address has none', async () => {
    expect((await app.inject('/.well-known/oauth-authorization-server')).statusCode).toBe(200);
    expect((await app.inject('/.well-known/oauth-authorization-server/')).statusCode).toBe(404);
  });
});

describe('every answer', () => {
  it('has an id of its own, which its sender can not choose', async () => {
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

  it('says nothing of a fault but that there was one', async () => {
    const answer = await app.inject('/fault/');
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ writer: 'program', code: 'server_error' });
    expect(answer.body).not.toContain('hunter2');
  });

  it('of a part of the site that writes its own problems is its own', async () => {
    expect((await app.inject('/part/')).json()).toMatchObject({ writer: 'own' });
  });

  it('refuses more than 64 kB', async () => {
    const post = (size: number) =>
      app.inject({ method: 'POST', url: '/oauth2/token/', headers: form, payload: 'x'.repeat(size) });
    expect((await post(64 * 1024)).statusCode).toBe(200);
    const answer = await post(64 * 1024 + 1);
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ writer: 'program', code: 'too_large' });
  });

  it('of an address that takes another method says which', async () => {
    const answer = await app.inject({ method: 'GET', url: '/oauth2/token/', headers: html });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expect(answer.json()).toMatchObject({ writer: 'program' });
  });
});

describe('the address of the sender', () => {
  const ask = async (trustProxy?: string) => {
    const site = start(trustProxy === undefined ? {} : { trustProxy });
    const answer = await site.inject({ url: '/account/', headers: { 'x-forwarded-for': '203.0.113.9' } });
    await site.close();
    return answer.json().from;
  };

  it('is what the network says', async () => {
    expect(await ask()).toBe('127.0.0.1');
  });

  it('is what a trusted proxy says', async () => {
    expect(await ask('127.0.0.0/8')).toBe('203.0.113.9');
    expect(await ask('10.0.0.0/8')).toBe('127.0.0.1');
  });
});
