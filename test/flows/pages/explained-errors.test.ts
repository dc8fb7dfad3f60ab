import { describe, expect, it } from 'vitest';
import type { RefusedRequest } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import {
  authorizeUrl,
  callApi,
  type EndpointResponse,
  type Fields,
  logInByPassword,
  newPkce,
  obtainCode,
  obtainTokens,
  postForm,
  redeem,
  refresh,
  requestToken,
  revoke,
  tokenPath,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newUser, type TestApplication } from '../../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock, pollUntil } from '../../support/site/time.ts';

const basicOf = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

onEachEngine(
  (site) => {
    /** The newest refused request of the application that matches, as its developers see it. */
    const newestRefusal = (application: TestApplication, is: (request: RefusedRequest) => boolean = () => true) =>
      pollUntil(async () => {
        const { rows } = await site.store.refusedRequests.list({ applicationId: application.id, limit: 50 });
        return rows.find(is);
      });

    const explained = async (application: TestApplication, response: Pick<EndpointResponse, 'headers'>) => {
      const { cause, expected, received } = await newestRefusal(
        application,
        ({ requestId }) => requestId === response.headers.get('x-request-id'),
      );
      return { cause, expected, received };
    };

    describe.concurrent('PKCE', () => {
      const { verifier, challenge } = newPkce();
      const withChallenge = { code_challenge: challenge, code_challenge_method: 'S256' };

      it.each<[string, Fields, Fields, string, RegExp | null]>([
        ['a missing verifier', withChallenge, {}, 'verifier_missing', null],
        ['a short verifier', withChallenge, { code_verifier: 'short' }, 'verifier_malformed', /^5 characters$/],
        [
          'a verifier of other characters',
          withChallenge,
          { code_verifier: `${'v'.repeat(50)} !` },
          'verifier_malformed',
          /^52 characters, with others than these$/,
        ],
        ['another verifier', withChallenge, { code_verifier: newPkce().verifier }, 'verifier_wrong', /./],
        ['a verifier without a challenge', {}, { code_verifier: verifier }, 'verifier_without_challenge', null],
        [
          'plain, sent as S256',
          { code_challenge: verifier, code_challenge_method: 'S256' },
          { code_verifier: verifier },
          'verifier_as_challenge',
          null,
        ],
      ])('is explained for %s', async (_title, authorizationFields, fields, cause, received) => {
        const [application, person] = [await newApplication(site), await newUser(site)];
        const code = await obtainCode(site, application, person, authorizationFields);
        const response = await redeem(site, application, code, fields);
        expect([response.status, response.body.error]).toEqual([400, 'invalid_grant']);
        const why = await explained(application, response);
        expect(why.cause).toBe(cause);
        if (received === null) expect(why.received).toBeNull();
        else expect(why.received).toMatch(received);
      });
    });

    describe.concurrent('values of the protocol', () => {
      it.each<[string, Fields, string, string, string]>([
        [
          'grant_type',
          { grant_type: 'client_credentials' },
          'unknown_grant_type',
          'refresh_token',
          'client_credentials',
        ],
        [
          'a scope',
          { grant_type: 'password', username: 'a@b.example', password: 'x', scope: 'openid  offline_access' },
          'unknown_scope',
          'all',
          'openid offline_access',
        ],
        [
          'a secret',
          { grant_type: `insiders_secret_${'A'.repeat(43)}` },
          'unknown_grant_type',
          'password',
          '(59 characters)',
        ],
        [
          'a password',
          { grant_type: 'correct horse' },
          'unknown_grant_type',
          'password',
          '(7 characters) (5 characters)',
        ],
        ['a long text', { grant_type: 'a.'.repeat(500) }, 'unknown_grant_type', 'password', '(1000 characters)'],
        ['an email address', { grant_type: 'anna@club.example' }, 'unknown_grant_type', 'password', '(17 characters)'],
      ])('are shown as received, masked and bounded: %s', async (_title, fields, cause, expected, received) => {
        const application = await newApplication(site, { grantType: 'password' });
        const why = await explained(application, await requestToken(site, application, fields));
        expect([why.cause, why.received]).toEqual([cause, received]);
        expect(why.expected).toContain(expected);
      });

      it.each<[string, Fields, string, string, string | null]>([
        ['response_type', { response_type: 'token' }, 'response_type', 'code', 'token'],
        ['response_mode', { response_mode: 'form_post' }, 'response_mode', 'query', 'form_post'],
        ['scope', { scope: 'openid' }, 'unknown_scope', 'all', 'openid'],
        ['prompt', { prompt: 'none' }, 'prompt', 'login', 'none'],
        [
          'code_challenge_method',
          { code_challenge: newPkce().challenge, code_challenge_method: 'plain' },
          'challenge_method',
          'S256',
          'plain',
        ],
        ['no method', { code_challenge: newPkce().challenge }, 'challenge_method', 'S256', null],
        [
          'code_challenge',
          { code_challenge: 'short', code_challenge_method: 'S256' },
          'challenge_malformed',
          '43 characters of A-Z a-z 0-9 - _',
          '5 characters',
        ],
      ])('are shown at the authorization endpoint: %s', async (_title, fields, cause, expected, received) => {
        const [application, person] = [await newApplication(site), await newUser(site)];
        const browser = new HttpBrowser(site.url);
        await browser.logIn(person);
        const page = await browser.send(authorizeUrl(application, fields));
        expect(page.location).toContain('error=');
        const why = await explained(application, page);
        expect([why.cause, why.received]).toEqual([cause, received]);
        expect(why.expected).toContain(expected);
      });
    });

    it('says at the authorization endpoint that the application has the other grant type', async () => {
      const application = await newApplication(site, { grantType: 'password', redirectUris: [] });
      for (const redirectUri of ['https://ams.example/callback/', undefined]) {
        const page = await new HttpBrowser(site.url).send(authorizeUrl(application, { redirect_uri: redirectUri }));
        expect([page.status, page.location]).toEqual([400, undefined]);
        expect(page.html).toContain('/docs/errors/unauthorized_client/');
        expect(await explained(application, page)).toEqual({
          cause: 'other_grant_type',
          expected: ['password'],
          received: 'authorization_code',
        });
      }
    });

    it('says at the authorization endpoint that the user denied the request', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = new HttpBrowser(site.url);
      await browser.logIn(person);
      const page = await browser.open(authorizeUrl(application));
      const denied = await browser.press(page, '/oauth2/authorize/', { decision: 'deny' });
      expect((await explained(application, denied)).cause).toBe('user_denied');
    });

    describe.concurrent('client authentication', () => {
      const send = (id: string, secret: string) =>
        postForm(site, tokenPath, null, { grant_type: 'password' }, basicOf(id, secret));

      it.each<[string, (application: TestApplication) => readonly [string, string], string]>([
        [
          'a client_id with a space',
          ({ clientId, clientSecret }) => [`${clientId} `, `${clientSecret}`],
          'client_id_space',
        ],
        ['a secret with a newline', ({ clientId, clientSecret }) => [clientId, `${clientSecret}\n`], 'secret_space'],
        ['no secret', ({ clientId }) => [clientId, ''], 'secret_missing'],
        ['a wrong secret', ({ clientId }) => [clientId, `insiders_secret_${'A'.repeat(39)}wxyz`], 'wrong_secret'],
      ])('is explained for %s', async (_title, credentials, cause) => {
        const application = await newApplication(site, { grantType: 'password' });
        const response = await send(...credentials(application));
        expect([response.status, response.body.error, response.body.error_description]).toEqual([
          401,
          'invalid_client',
          'Client authentication failed',
        ]);
        const why = await explained(application, response);
        expect(why.cause).toBe(cause);
        if (cause === 'wrong_secret') {
          expect(why.expected).toEqual([`ends in ${application.clientSecret?.slice(-4)}`]);
          expect(why.received).toBe('ends in wxyz');
        }
      });

      it('shows only the length and shape of a text that is not a secret of ours', async () => {
        const application = await newApplication(site, { grantType: 'password' });
        const why = await explained(application, await send(application.clientId, 'hunter2'));
        expect(why.received).toBe('7 characters, does not begin with insiders_secret_');
      });

      it('distinguishes a revoked secret from a wrong one', async () => {
        const application = await newApplication(site, { grantType: 'password' });
        const [secret] = await site.store.secrets.list(application.id, Date.now());
        const record = {
          event: { at: Date.now(), actor: { kind: 'command-line' as const }, action: 'test', subject: 'x' },
        };
        const { clientId } = application;
        const now = Date.now();
        await site.store.secrets.revoke({ clientId, secretId: secret?.id ?? '', when: now, now, record });
        const response = await send(application.clientId, application.clientSecret ?? '');
        expect((await explained(application, response)).cause).toBe('secret_revoked');
      });

      it('is explained for a client_id with a space at the authorization endpoint too', async () => {
        const application = await newApplication(site);
        const url = authorizeUrl(application, { client_id: `${application.clientId}\n` });
        const page = await new HttpBrowser(site.url).send(url);
        expect([page.status, page.location]).toEqual([400, undefined]);
        expect((await explained(application, page)).cause).toBe('client_id_space');
      });
    });

    describe('the cause that a token was revoked', () => {
      const password = async () => {
        const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
        return { application, person, tokens: tokensOf(await logInByPassword(site, application, person)) };
      };
      const disconnect = async (userId: number) => {
        const [connected] = await site.store.authorizations.listConnected(userId);
        const ended = { id: connected?.authorization.id ?? '', ownerId: userId, reason: 'disconnected' } as const;
        expect(await site.store.authorizations.revoke({ ...ended, now: Date.now(), record: testChangeRecord })).toBe(
          'revoked',
        );
        // The server caches the state of tokens for at most one second.
        await new Promise((resolve) => setTimeout(resolve, 1500));
      };

      it('is shown if the application revoked it', async () => {
        const { application, tokens } = await password();
        await revoke(site, application, tokens.refresh_token);
        const refreshed = await refresh(site, application, tokens.refresh_token);
        expect((await explained(application, refreshed)).cause).toBe('refresh_revoked');
        const called = await callApi(site, tokens.access_token);
        expect((await explained(application, called)).cause).toBe('token_revoked');
      });

      it('is shown if the user disconnected the application', async () => {
        const { application, person, tokens } = await password();
        await disconnect(person.id);
        const refreshed = await refresh(site, application, tokens.refresh_token);
        expect((await explained(application, refreshed)).cause).toBe('refresh_disconnected');
        const called = await callApi(site, tokens.access_token);
        expect((await explained(application, called)).cause).toBe('token_disconnected');
      });

      it('is shown if a rotated refresh token was used again', async () => {
        const [application, person] = [await newApplication(site, { refreshPolicy: 'rotate' }), await newUser(site)];
        const first = await obtainTokens(site, application, person);
        const second = tokensOf(await refresh(site, application, first.refresh_token));
        advanceClock(3600);
        await refresh(site, application, first.refresh_token);
        const refreshed = await refresh(site, application, second.refresh_token);
        expect((await explained(application, refreshed)).cause).toBe('refresh_ended_by_replay');
      });
    });

    it('shows the age of an expired code, and its lifetime', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const code = await obtainCode(site, application, person);
      advanceClock(250);
      const why = await explained(application, await redeem(site, application, code));
      expect(why).toMatchObject({ cause: 'code_expired', expected: ['at most 240 seconds old'] });
      expect(why.received).toMatch(/^25\d seconds old$/);
    });

    it('says on the page of an error why the named request is not shown', async () => {
      const target = '/docs/errors/invalid_grant/?request=00000000-0000-4000-8000-000000000000';
      const loggedOut = await new HttpBrowser(site.url).open(target);
      expect(visibleText(loggedOut.html)).toContain('Log in to see this request');
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site));
      const unknownRequest = visibleText((await browser.open(target)).html);
      expect(unknownRequest).toContain('We kept nothing about this request');
      const general = await browser.open('/docs/errors/invalid_grant/');
      expect(visibleText(general.html)).not.toContain('this request');
    });
  },
  { codeSeconds: '240' },
);
