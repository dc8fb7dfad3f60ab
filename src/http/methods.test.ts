import Fastify, { type HTTPMethods } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { refuseOtherMethods } from './methods.ts';
import { problemOf } from './problem.ts';

const app = Fastify();
app.setErrorHandler((error, _request, reply) => {
  const { status, code, detail } = problemOf(error, undefined);
  return reply.code(status).send({ code, detail });
});
app.get('/both/', async () => 'read');
app.post('/both/', async () => 'written');
refuseOtherMethods(app, '/both/', ['GET', 'POST']);
app.post('/only-post/', async () => 'written');
refuseOtherMethods(app, '/only-post/', ['POST']);
afterAll(() => app.close());

describe('an address', () => {
  it('accepts the methods that have a handler', async () => {
    expect((await app.inject({ method: 'GET', url: '/both/' })).body).toBe('read');
    expect((await app.inject({ method: 'POST', url: '/both/' })).body).toBe('written');
    expect((await app.inject({ method: 'HEAD', url: '/both/' })).statusCode).toBe(200);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const satisfies readonly HTTPMethods[])(
    'with GET and POST refuses %s',
    async (method) => {
      const response = await app.inject({ method: method as 'PUT', url: '/both/' });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe('GET, POST, HEAD');
      expect(response.json()).toEqual({ code: 'method_not_allowed', detail: 'This address takes GET, POST, HEAD' });
    },
  );

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
    'with POST only refuses %s',
    async (method) => {
      const response = await app.inject({ method, url: '/only-post/' });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe('POST');
    },
  );

  it('refuses a method before it parses the body', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await app.inject({ method: 'PUT', url: '/both/', headers, payload: '{broken' });
    expect(response.statusCode).toBe(405);
  });
});
