import { Writable } from 'node:stream';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { routineError } from '../../test/support/oauth-fakes.ts';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import { StoreUnavailable } from '../ports/store/index.ts';
import { logging, logOutcome, logProblem } from './log.ts';
import { problemOf } from './problem.ts';

const hidden = 'hunter2';

/** A server with a route for each kind of response, and the lines it logs. */
function logged(logLevel = 'debug') {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const settings = logging({ logLevel });
  const app = Fastify({ ...settings, logger: { ...settings.logger, stream } });
  app.setErrorHandler((thrown, request, reply) => {
    const problem = problemOf(thrown, 'token');
    logProblem(problem, request);
    return reply.code(problem.status).send({ code: problem.code });
  });
  app.addHook('onResponse', async (request, reply) => logOutcome(request, reply));
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/ok/', async () => ({ access_token: hidden }));
  app.post('/refused/', async () => {
    const error = new OAuthError('unknown_client');
    error.clientId = 'ams';
    throw error;
  });
  app.post('/routine/', async () => {
    throw routineError();
  });
  app.post('/fault/', async (request) => {
    throw new TypeError(`Cannot read ${String(request.body)}`);
  });
  app.post('/away/', async () => {
    throw new StoreUnavailable('database is locked');
  });
  const post = async (url: string) => {
    await app.inject({
      method: 'POST',
      url: `${url}?code=${hidden}`,
      headers: {
        authorization: `Bearer ${hidden}`,
        cookie: `session=${hidden}`,
        referer: `https://ams.example/?code=${hidden}`,
        'content-type': 'text/plain',
      },
      payload: `password=${hidden}`,
    });
    await app.close();
    return lines;
  };
  return { app, lines, post };
}

describe('the log', () => {
  it.each(['/ok/', '/refused/', '/fault/', '/away/', '/unknown/'])(
    'of %s contains no query, header or body',
    async (path) => {
      const lines = await logged('trace').post(path);
      expect(lines.length).toBeGreaterThan(0);
      expect(JSON.stringify(lines)).not.toContain(hidden);
    },
  );

  it('has a line for a success at debug only', async () => {
    expect(await logged('debug').post('/ok/')).toMatchObject([
      { level: 'debug', msg: 'answered', status: 200, req: { method: 'POST', path: '/ok/', from: '127.0.0.1' } },
    ]);
    expect(await logged('info').post('/ok/')).toEqual([]);
  });

  it('has the cause of a refused request, which the response does not reveal', async () => {
    expect(await logged('info').post('/refused/')).toMatchObject([
      { level: 'info', msg: 'refusal', reason: 'invalid_client', cause: 'unknown_client', client_id: 'ams' },
      { level: 'info', msg: 'refused', status: 401 },
    ]);
  });

  it('has no line for a routine error, except at debug', async () => {
    expect(await logged('info').post('/routine/')).toEqual([]);
    expect(await logged('debug').post('/routine/')).toMatchObject([{ level: 'debug', msg: 'answered', status: 400 }]);
  });

  it('has the type and the stack of a fault, without its message', async () => {
    const [fault, outcome] = await logged('info').post('/fault/');
    expect(fault).toMatchObject({ level: 'error', msg: 'server_error', err: { type: 'TypeError', message: '' } });
    expect(fault).toMatchObject({ err: { stack: expect.stringMatching(/^\s+at .*log\.test\.ts/) } });
    expect(outcome).toMatchObject({ level: 'error', msg: 'failed', status: 500 });
  });

  it('has the error of an unavailable database', async () => {
    const [away] = await logged('info').post('/away/');
    expect(away).toMatchObject({ err: { type: 'StoreUnavailable', message: 'database is locked' } });
  });

  it('has the time and the id of the request in every line', async () => {
    for (const line of await logged('info').post('/refused/')) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        reqId: expect.anything(),
      });
    }
  });

  it('truncates a long path', async () => {
    const { app, lines } = logged('info');
    await app.inject(`/${'x'.repeat(5000)}`);
    await app.close();
    expect(lines).toMatchObject([{ req: { path: `/${'x'.repeat(199)}` } }]);
  });

  it('masks tokens and secrets in a path, but not client ids', async () => {
    const { app, lines } = logged('info');
    await app.inject(`/a/insiders_rt_${hidden}/insiders_secret_${hidden}-x_y/b/?insiders_at_${hidden}`);
    await app.inject('/developer/applications/insiders_app_1/');
    await app.close();
    expect(lines).toMatchObject([
      { req: { path: '/a/insiders_rt_…/insiders_secret_…/b/' } },
      { req: { path: '/developer/applications/insiders_app_1/' } },
    ]);
  });

  it('goes to standard error', () => {
    expect(logging({ logLevel: 'info' }).logger.stream).toBe(process.stderr);
  });
});
