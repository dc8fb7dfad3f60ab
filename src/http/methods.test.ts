import Fastify, { type HTTPMethods } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { refuseOtherMethods } from './methods.ts';
import { problemOf } from './problem.ts';

const app = Fastify();
app.setErrorHandler((thrown, _request, reply) => {
  const { status, code, detail } = problemOf(thrown, undefined);
  return reply.code(status).send({ code, detail });
});
app.get('/both/', async () => 'read');
app.post('/both/', async () => 'written');
refuseOtherMethods(app, '/both/', ['GET', 'POST']);
app.post('/only-post/', async () => 'written');
refuseOtherMethods(app, '/only-post/', ['POST']);
afterAll(() => app.close());

describe('an address', () => {
  it('takes the methods that it has', async () => {
    expect((await app.inject({ method: 'GET', url: '/both/' })).body).toBe('read');
    expect((await app.inject({ method: 'POST', url: '/both/' })).body).toBe('written');
    expect((await app.inject({ method: 'HEAD', url: '/both/' })).statusCode).toBe(200);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const satisfies readonly HTTPMethods[])(
    'that is read and written says so to %s',
    async (method) => {
      const answer = await app.inject({ method: method as 'PUT', url: '/both/' });
      expect(answer.statusCode).toBe(405);
      expect(answer.headers.allow).toBe('GET, POST, HEAD');
      expect(answer.json()).toEqual({ code: 'method_not_allowed', detail: 'This address takes GET, POST, HEAD' });
    },
  );

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
    'that is only written says so to %s',
    async (method) => {
      const answer = await app.inject({ method, url: '/only-post/' });
      expect(answer.statusCode).toBe(405);
      expect(answer.headers.allow).toBe('POST');
    },
  );

  it('refuses a method before it looks at the body', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'PUT', url: '/both/', headers, payload: '{broken' });
    expect(answer.statusCode).toBe(405);
  });
});
