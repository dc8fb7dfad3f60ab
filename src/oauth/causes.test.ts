import { describe, expect, it } from 'vitest';
import {
  aCode,
  anApplication,
  aRefreshState,
  basicFor,
  causeOf,
  type Fakes,
  fakeContext,
  now,
  refused,
  secret,
} from '../../test/support/oauth-fakes.ts';
import type { Application, FoundCode, RefreshTokenState, RevocationCause } from '../ports/store/index.ts';
import { checkRedirect, checkRequest } from './authorize/checks.ts';
import type { Endpoint } from './errors/endpoints.ts';
import type { OwnCause } from './errors/index.ts';
import type { OAuthError } from './errors/oauth-error.ts';
import { digest } from './formats/digest.ts';
import { handleIntrospection } from './introspect.ts';
import { parseParams } from './params.ts';
import { handleTokenRequest } from './token-request.ts';

/** A request that is refused, and its endpoint. */
interface Case {
  readonly at: Endpoint;
  readonly send: () => unknown;
}

const noParameter = (): string | undefined => undefined;
const callback = 'redirect_uri=https://ams.example/callback';
const codeBody = `grant_type=authorization_code&code=insiders_code_1&${callback}`;
const refreshBody = `grant_type=refresh_token&refresh_token=insiders_rt_${'a'.repeat(66)}`;
const verifier = 'v'.repeat(43);
const isPublic = anApplication({ confidential: false });
const suspended = anApplication({ status: 'suspended' });
const byPassword = anApplication({ grantType: 'password' });
const foreign = { applicationId: 'application-2' };

/** A request to the token endpoint. `authorization`: the header; `null`: none is sent. */
function token(body: string, change: Partial<Fakes> = {}, authorization: string | null = basicFor()): Case {
  const request = { body, authorization: authorization ?? undefined, from: '192.0.2.1', network: '192.0.2.1' };
  return { at: 'token', send: () => handleTokenRequest(fakeContext(change).context, request) };
}

const client = (authorization: string | null, body = '', application = anApplication()): Case =>
  token(body, { applications: [application] }, authorization);
const code = (change: Partial<FoundCode>, body = ''): Case => token(codeBody + body, { code: aCode(change) });
const bound = (codeChallenge: string | null, body = ''): Case => code({ codeChallenge }, body);
const refresh = (change: Partial<RefreshTokenState>, body = ''): Case =>
  token(refreshBody + body, { refreshState: aRefreshState(change) });
const password = (change: Partial<Fakes>): Case =>
  token('grant_type=password&username=a&password=b', { applications: [byPassword], ...change });

const basicOf = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const noApplication: Case = {
  at: 'authorize',
  send: () => checkRedirect(parseParams(callback), undefined, noParameter),
};

function introspectionOf(application: Application): Case {
  const request = {
    body: `token=x&client_id=${application.clientId}`,
    authorization: undefined,
    from: '192.0.2.1',
    network: '192.0.2.1',
  };
  const { context } = fakeContext({ applications: [application] });
  return { at: 'introspect', send: () => handleIntrospection(context, request) };
}

/** A request to the authorization endpoint, for the checks before its redirect URI is trusted. */
function redirect(query: string, application = anApplication(), responseParameterIn = noParameter): Case {
  return { at: 'authorize', send: () => checkRedirect(parseParams(query), application, responseParameterIn) };
}

/** A request to the authorization endpoint, for the checks after its redirect URI is trusted. */
function authorize(query: string, application = anApplication()): Case {
  const trusted = checkRedirect(parseParams(callback), anApplication(), noParameter);
  return { at: 'authorize', send: () => checkRequest(parseParams(query), { ...trusted, application }) };
}

/** For each cause, a case for each place that refuses with it. Only the consent page refuses with `user_denied`. */
const cases: Readonly<Record<Exclude<OwnCause, 'user_denied'>, readonly [Case, ...Case[]]>> = {
  parameter_repeated: [token('grant_type=x&grant_type=x'), authorize('response_type=code&scope=all&scope=all')],
  parameter_missing: [token('code=x'), authorize('')],
  malformed: [token('a=%'), token('a=%C3%00')],
  nul_character: [token('a=\0'), token('a=%00')],
  too_many_parameters: [token('&'.repeat(1000))],
  credentials_missing: [client(null)],
  credentials_malformed: [client('Bearer x'), client(basicOf('nocolon')), client(basicOf('id%ZZ:secret'))],
  credentials_twice: [client(basicFor(), 'client_id=insiders_app_1&client_secret=b')],
  credentials_differ: [client(basicFor(), 'client_id=insiders_app_2')],
  unknown_client: [client(basicFor('insiders_app_2')), client(basicFor(' insiders_app_2')), noApplication],
  client_id_space: [client(basicFor(' insiders_app_1'))],
  too_many_guesses: [token('', { guesses: 'throttled' }, basicFor('insiders_app_1', 'wrong'))],
  wrong_secret: [client(basicFor('insiders_app_1', 'wrong'))],
  secret_missing: [client(null, 'client_id=insiders_app_1'), client(basicFor('insiders_app_1', ''))],
  secret_unexpected: [client(basicFor(), '', isPublic)],
  secret_space: [client(basicFor('insiders_app_1', `${secret}\n`))],
  secret_revoked: [token('', { secretValidUntil: now })],
  suspended: [client(basicFor(), '', suspended), redirect(callback, suspended)],
  introspection_without_secret: [introspectionOf(isPublic)],
  unknown_grant_type: [token('grant_type=client_credentials')],
  other_grant_type: [
    token('grant_type=password&username=a&password=b'),
    redirect(callback.replace('ams', 'evil'), byPassword),
    authorize('response_type=code', byPassword),
  ],
  response_type: [authorize('response_type=token')],
  response_mode: [authorize('response_type=code&response_mode=form_post')],
  request_object: [authorize('response_type=code&request=x')],
  request_uri: [authorize('response_type=code&request_uri=x')],
  prompt: [authorize('response_type=code&prompt=none')],
  unknown_scope: [authorize('response_type=code&scope=admin')],
  scope_exceeds: [refresh({ scope: 'some' }, '&scope=all')],
  challenge_missing: [authorize('response_type=code', isPublic)],
  challenge_method_alone: [authorize('response_type=code&code_challenge_method=S256')],
  challenge_method: [authorize(`response_type=code&code_challenge=${digest(verifier)}`)],
  challenge_malformed: [authorize('response_type=code&code_challenge=short&code_challenge_method=S256')],
  code_unknown: [token(codeBody), code(foreign)],
  code_invalidated: [code({ invalidatedAt: now - 1 })],
  code_precedes_switch: [code({ precedesGrantType: true })],
  code_expired: [code({ expiresAt: now })],
  code_replayed: [code({ familyId: 'family', redeemedAt: now - 1 })],
  redirect_uri_differs: [code({ redirectUri: 'https://ams.example/' })],
  verifier_missing: [bound(digest(verifier))],
  verifier_malformed: [bound(digest(verifier), '&code_verifier=short')],
  verifier_without_challenge: [bound(null, `&code_verifier=${verifier}`)],
  verifier_as_challenge: [bound(verifier, `&code_verifier=${verifier}`)],
  verifier_wrong: [bound(digest(verifier), `&code_verifier=${'w'.repeat(43)}`)],
  refresh_unknown: [token(refreshBody), token('grant_type=refresh_token&refresh_token=x'), refresh(foreign)],
  refresh_evicted: [refresh({ position: 'evicted' })],
  refresh_replaced_twice: [refresh({ position: 'rotated', replacedAt: now - 1 })],
  refresh_replayed: [
    refresh({ position: 'rotated', replacedAt: 0 }),
    refresh({ position: 'previous', replacedAt: 0 }),
    refresh({ position: 'previous', replacedAt: now - 1, sealedSuccessor: null }),
  ],
  lost_every_race: [token(codeBody, { code: aCode(), outcomes: ['lost', 'lost', 'lost'] })],
  wrong_password: [password({ password: { outcome: 'refused' } })],
  ended_since: [password({ password: { outcome: 'signed_in', user: { id: 7, passwordEpoch: 1 } }, start: 'refused' })],
  too_many_logins: [password({ password: { outcome: 'throttled', retryAfterSeconds: 30 } })],
  busy: [password({ password: { outcome: 'busy', retryAfterSeconds: 1 } })],
  redirect_uri_missing: [redirect(''), redirect(`${callback}&${callback}`)],
  redirect_uri_mismatch: [redirect('redirect_uri=https://evil.example/')],
  redirect_uri_ambiguous: [redirect(callback, anApplication(), () => 'code')],
};

/** Every revocation cause of a code or a refresh token. */
const revocationCauses: Readonly<Record<RevocationCause, true>> = {
  revoked: true,
  disconnected: true,
  ended_by_replay: true,
  ended_by_administrator: true,
  password_changed: true,
  user_disabled: true,
  application_suspended: true,
};

function shownBy({ shown }: OAuthError): 'expected' | 'received' | 'both' | undefined {
  if (shown.expected === undefined) return 'received' in shown ? 'received' : undefined;
  return 'received' in shown ? 'both' : 'expected';
}

describe('the cause of an error', () => {
  const all = Object.entries(cases).flatMap(([cause, each]) => each.map((one) => [cause, one] as const));

  it.each(all)('is %s', async (cause, { at, send }) => {
    const error = await refused(send);
    expect(error.cause).toBe(cause);
    expect(error.row.at).toContain(at);
    expect(shownBy(error)).toBe(error.row.shows);
  });

  it.each(Object.keys(revocationCauses) as RevocationCause[])(
    'is the revocation cause of the code or the refresh token: %s',
    async (revocationCause) => {
      expect(await causeOf(code({ revocationCause }).send)).toBe(`code_${revocationCause}`);
      expect(await causeOf(refresh({ revocationCause }).send)).toBe(`refresh_${revocationCause}`);
    },
  );
});
