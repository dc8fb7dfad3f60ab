import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { acceptOnlyForms, formBody } from './form-body.ts';
import { problemOf } from './problem.ts';

const app = Fastify({ bodyLimit: 1000 });
app.setErrorHandler((thrown, _request, reply) =>
  reply.code(problemOf(thrown, undefined).status).send(problemOf(thrown, undefined).code),
);
acceptOnlyForms(app);
app.post('/', async (request) => ({ text: formBody(request) }));
afterAll(() => app.close());

const form = 'application/x-www-form-urlencoded';
const post = (payload: string | Buffer, type?: string) =>
  app.inject({ method: 'POST', url: '/', payload, headers: type === undefined ? {} : { 'content-type': type } });

describe('the body of a form', () => {
  it.each([form, `${form}; charset=utf-8`, `${form};charset=UTF-8`, form.toUpperCase()])(
    'is handed on undecoded as %s',
    async (type) => {
      const answer = await post('a=%20+&a=&%zz', type);
      expect(answer.json()).toEqual({ text: 'a=%20+&a=&%zz' });
    },
  );

  it('is empty text if there is none', async () => {
    expect((await post('', form)).json()).toEqual({ text: '' });
    expect((await app.inject({ method: 'POST', url: '/' })).json()).toEqual({ text: '' });
  });

  it.each([
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    `${form}x`,
    'nonsense',
  ])('is not %s', async (type) => {
    const answer = await post('{"a":1}', type);
    expect([400, 415]).toContain(answer.statusCode);
    expect(answer.body).not.toContain('{"a":1}');
  });

  it('needs to say that it is a form', async () => {
    const answer = await app.inject({ method: 'POST', url: '/', payload: Buffer.from('a=1') });
    expect([400, 415]).toContain(answer.statusCode);
  });

  it('has a largest size', async () => {
    expect((await post(`a=${'x'.repeat(998)}`, form)).statusCode).toBe(200);
    expect((await post(`a=${'x'.repeat(999)}`, form)).statusCode).toBe(413);
  });
});
