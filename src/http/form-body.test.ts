import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { acceptOnlyForms, formBody } from './form-body.ts';
import { problemOf } from './problem.ts';

const app = Fastify({ bodyLimit: 1000 });
app.setErrorHandler((error, _request, reply) =>
  reply.code(problemOf(error, undefined).status).send(problemOf(error, undefined).code),
);
acceptOnlyForms(app);
app.post('/', async (request) => ({ text: formBody(request) }));
afterAll(() => app.close());

const form = 'application/x-www-form-urlencoded';
const post = (payload: string | Buffer, type?: string) =>
  app.inject({ method: 'POST', url: '/', payload, headers: type === undefined ? {} : { 'content-type': type } });

describe('the body of a form', () => {
  it.each([form, `${form}; charset=utf-8`, `${form};charset=UTF-8`, form.toUpperCase()])(
    'is passed on undecoded as %s',
    async (type) => {
      const response = await post('a=%20+&a=&%zz', type);
      expect(response.json()).toEqual({ text: 'a=%20+&a=&%zz' });
    },
  );

  it('is empty if there is none', async () => {
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
  ])('is refused as %s', async (type) => {
    const response = await post('{"a":1}', type);
    expect([400, 415]).toContain(response.statusCode);
    expect(response.body).not.toContain('{"a":1}');
  });

  it('needs a content type', async () => {
    const response = await app.inject({ method: 'POST', url: '/', payload: Buffer.from('a=1') });
    expect([400, 415]).toContain(response.statusCode);
  });

  it('has a maximum size', async () => {
    expect((await post(`a=${'x'.repeat(998)}`, form)).statusCode).toBe(200);
    expect((await post(`a=${'x'.repeat(999)}`, form)).statusCode).toBe(413);
  });
});
