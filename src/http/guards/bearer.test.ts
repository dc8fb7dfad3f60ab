import { randomBytes } from 'node:crypto';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mintAccessToken } from '../../oauth/formats/access-token.ts';
import type { AccessTokenState, FamilyUse } from '../../ports/store/index.ts';
import { problemOf } from '../problem.ts';
import type { Services } from '../services.ts';
import { bearerGuard } from './bearer.ts';

const key = { id: 3, secret: randomBytes(32) };
const keys = { current: () => key, find: (id: number) => (id === key.id ? key : undefined) };
const now = Date.UTC(2024, 0, 1);
const tokenId = randomBytes(15).toString('base64url');
const familyId = randomBytes(16).toString('base64url');
const token = mintAccessToken(key, { tokenId, familyId, expiresAt: now + 1000 });
const state: AccessTokenState = {
  familyId,
  authorizationId: 'authorization',
  userId: 7,
  userEmail: 'anna@club.example',
  applicationId: 'application',
  clientId: 'client',
  sandbox: false,
  scope: 'all',
  revocationCause: null,
};

let storedState: AccessTokenState | undefined;
let clock: number;
let uses: FamilyUse[];
let lookUps: number;
let app: ReturnType<typeof start>;

function start() {
  const families = {
    findByAccessToken: async (family: string, id: string) => {
      lookUps += 1;
      return family === familyId && id === tokenId ? storedState : undefined;
    },
  };
  const services = {
    clock: { now: () => clock },
    recordRequest: () => {},
    oauth: {
      store: { families },
      keys,
      clock: { now: () => clock },
      settings: { maxAccessTokenSeconds: 31_536_000 },
      recordFamilyUse: (use: FamilyUse) => uses.push(use),
    },
  };
  const server = Fastify();
  server.setErrorHandler((error, _request, reply) => {
    const { status, code, detail } = problemOf(error, undefined);
    return reply.code(status).send({ code, detail });
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  const options = { onRequest: bearerGuard(services as unknown as Services) };
  server.all('/', options, async (request) => ({ user: request.principal.userId, scope: request.principal.scope }));
  return server;
}

beforeEach(() => {
  storedState = state;
  clock = now;
  uses = [];
  lookUps = 0;
  app = start();
});
afterEach(() => app.close());

const get = (authorization?: string) =>
  app.inject({ url: '/', headers: authorization === undefined ? {} : { authorization } });

describe('a valid access token', () => {
  it('admits the request and sets its principal', async () => {
    const response = await get(`Bearer ${token}`);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ user: 7, scope: 'all' });
  });

  it.each([`bearer ${token}`, `BEARER ${token}`, `Bearer   ${token}`])('is accepted as %#', async (authorization) => {
    expect((await get(authorization)).statusCode).toBe(200);
  });

  it('is recorded as a use of its family', async () => {
    await get(`Bearer ${token}`);
    expect(uses).toEqual([{ familyId, usedAt: now, accessExpiresAt: null }]);
  });
});

describe('no access token', () => {
  it('returns a challenge without an error code', async () => {
    const response = await get();
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer realm="insiders"');
  });

  it.each([
    ['the query', { url: `/?access_token=${token}` }],
    [
      'the body',
      {
        method: 'POST' as const,
        url: '/',
        payload: `access_token=${token}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
    ['a cookie', { url: '/', headers: { cookie: `access_token=${token}` } }],
    ['another header', { url: '/', headers: { 'x-access-token': token } }],
  ])('is what counts if the token is in %s', async (_where, request) => {
    const response = await app.inject(request);
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer realm="insiders"');
    expect(lookUps).toBe(0);
  });
});

describe('an invalid access token', () => {
  async function expectRefused(authorization: string) {
    const description = /^bearer( |$)/i.test(authorization)
      ? 'The access token is malformed, expired or revoked'
      : 'The scheme of the Authorization header is not Bearer: send Bearer and an access token';
    const challenge = `Bearer realm="insiders", error="invalid_token", error_description="${description}"`;
    const response = await get(authorization);
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe(challenge);
    expect(response.json()).toMatchObject({ code: 'invalid_token' });
    expect(uses).toEqual([]);
  }

  it.each([
    '',
    'Bearer',
    'Bearer ',
    token,
    `Basic ${token}`,
    `Bearer ${token} `.concat('x'),
    `Bearer ${token},${token}`,
    `Bearer "${token}"`,
    `Bearer\t${token}`,
    `Token ${token}`,
    'Bearer \u00e4',
    'Bearer nonsense',
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token}A`,
    `Bearer ${token}=`,
  ])('is refused without a database lookup if it is malformed: %#', async (authorization) => {
    await expectRefused(authorization);
    expect(lookUps).toBe(0);
  });

  it('is refused without a database lookup if a letter was changed', async () => {
    const letter = token.at(40) === 'A' ? 'B' : 'A';
    await expectRefused(`Bearer ${token.slice(0, 40)}${letter}${token.slice(41)}`);
    expect(lookUps).toBe(0);
  });

  it('is refused if another key protects it', async () => {
    const foreign = { id: 3, secret: randomBytes(32) };
    await expectRefused(`Bearer ${mintAccessToken(foreign, { tokenId, familyId, expiresAt: now + 1000 })}`);
    const unknown = { id: 4, secret: key.secret };
    await expectRefused(`Bearer ${mintAccessToken(unknown, { tokenId, familyId, expiresAt: now + 1000 })}`);
  });

  it('is refused from the millisecond at which it expires', async () => {
    clock = now + 999;
    expect((await get(`Bearer ${token}`)).statusCode).toBe(200);
    uses = [];
    clock = now + 1000;
    await expectRefused(`Bearer ${token}`);
  });

  it('is refused if its family was revoked or does not exist', async () => {
    storedState = { ...state, revocationCause: 'revoked' };
    await expectRefused(`Bearer ${token}`);
    storedState = undefined;
    await expectRefused(`Bearer ${token}`);
  });

  it('does not appear in the response', async () => {
    const response = await get('Bearer hunter2');
    expect(JSON.stringify([response.body, response.headers])).not.toContain('hunter2');
  });
});
