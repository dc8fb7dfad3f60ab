import { describe, expect, it } from 'vitest';
import { chunkedRequest, sendRaw } from '../../support/network/raw-http.ts';
import {
  authorizeUrl,
  basic,
  callApi,
  callbackOf,
  codeFor,
  decide,
  newPkce,
  obtainCode,
  postForm,
  redeem,
  requestToken,
  tokenPath,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newDevice, newUser, uniqueText } from '../../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  describe('the authorization code grant', () => {
    it('redirects over login and consent back to the application, with a code that it redeems for tokens', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      await newDevice(site, person);
      const browser = new HttpBrowser(site.url);
      const login = await browser.open(authorizeUrl(application, { state: 'f00d' }));
      expect(login.url.pathname).toBe('/login/');
      expect(visibleText(login.html)).toContain(`Log in to continue to ${application.name}`);
      const consent = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      expect(visibleText(consent.html)).toContain(`${application.name} asks for access to your data`);
      const done = await browser.press(consent, '/oauth2/authorize/', { decision: 'authorize' });
      expect(done.status).toBe(303);
      expect(done.location?.startsWith(`${application.redirectUri}?`)).toBe(true);
      const response = callbackOf(done);
      expect([...response.keys()]).toEqual(['code', 'state', 'iss']);
      expect(response.get('state')).toBe('f00d');
      expect(response.get('iss')).toBe(site.url);
      const tokens = tokensOf(await redeem(site, application, response.get('code') ?? ''));
      expect((await callApi(site, tokens.access_token)).body.count).toBe(1);
    });

    it('returns the tokens in the documented order, with no-store and a scannable prefix', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      expect(code).toMatch(/^insiders_code_[A-Za-z0-9_-]{48}$/);
      const response = await redeem(site, application, code);
      expect(response.status).toBe(200);
      expect(Object.keys(response.body)).toEqual([
        'access_token',
        'expires_in',
        'token_type',
        'scope',
        'refresh_token',
      ]);
      expect(response.body).toMatchObject({ expires_in: 36000, token_type: 'Bearer', scope: 'all' });
      expect(response.body.access_token).toMatch(/^insiders_at_[A-Za-z0-9_-]+$/);
      expect(response.body.refresh_token).toMatch(/^insiders_rt_[A-Za-z0-9_-]{66}$/);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('pragma')).toBe('no-cache');
      expect(response.headers.get('location')).toBeNull();
    });

    it('keeps the whole request while the user signs up', async () => {
      const application = await newApplication(site);
      const { verifier, challenge } = newPkce();
      const state = 'a&b=c d+e%2Bf"é';
      const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
      const browser = new HttpBrowser(site.url);
      const login = await browser.open(authorizeUrl(application, { state, ...pkce }));
      const signUpLink = /href="(\/signup\/\?resume=[^"]+)"/.exec(login.html)?.[1] ?? '';
      const signUp = await browser.open(signUpLink);
      expect(visibleText(signUp.html)).toContain(application.name);
      const [email, password] = [`new.${uniqueText()}@club.example`, 'three words together'];
      const person = { first_name: 'Nina', last_name: 'Neu', email, password };
      // An error in the sign-up form keeps the request too.
      const again = await browser.submit(signUp, '/signup/', { ...person, password: 'short' });
      expect(again.status).toBe(400);
      const consent = await browser.submit(again, '/signup/', person);
      expect(visibleText(consent.html)).toContain(email);
      const done = await browser.press(consent, '/oauth2/authorize/', { decision: 'authorize' });
      expect(callbackOf(done).get('state')).toBe(state);
      const code = callbackOf(done).get('code') ?? '';
      expect((await redeem(site, application, code, { code_verifier: verifier })).status).toBe(200);
    });

    it('accepts the address of the documented example: partly encoded, without scope and PKCE', async () => {
      const redirectUri = 'http://127.0.0.1:8000/authorized/';
      const application = await newApplication(site, { redirectUris: [redirectUri] });
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site));
      const state = '0123456789abcdef0123456789abcdef';
      const consent = await browser.open(
        `/oauth2/authorize/?client_id=${application.clientId}&response_type=code` +
          `&redirect_uri=http%3A//127.0.0.1%3A8000/authorized/&state=${state}`,
      );
      const done = await decide(browser, consent, 'authorize');
      expect(done.location?.startsWith(`${redirectUri}?code=`)).toBe(true);
      const tokens = tokensOf(await redeem(site, application, callbackOf(done).get('code') ?? ''));
      expect(tokens.scope).toBe('all');
    });

    it('accepts the verifier and challenge of RFC 7636 appendix B', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site), {
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      });
      const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
      expect((await redeem(site, application, code, { code_verifier: verifier })).status).toBe(200);
    });

    it('accepts a public application with PKCE, on any port of its loopback address', async () => {
      const application = await newApplication(site, { isPublic: true, redirectUris: ['http://127.0.0.1/back'] });
      const withOtherPort = { ...application, redirectUri: 'http://127.0.0.1:49231/back' };
      const { verifier, challenge } = newPkce();
      const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
      const code = await obtainCode(site, withOtherPort, await newUser(site), pkce);
      expect((await redeem(site, withOtherPort, code, { code_verifier: verifier })).status).toBe(200);
    });

    it.each([
      ['text that looks like parameters', 'x&code=evil&error=a#frag'],
      ['text that is encoded already', 'a%26b%3Dc+d%20e%2Bf'],
      ['other scripts and signs', 'Zürich 東京 "\'<>\\'],
      ['4096 characters', 'x'.repeat(4096)],
    ])('returns the state byte for byte: %s', async (_name, state) => {
      const application = await newApplication(site);
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site));
      const done = await decide(browser, await browser.open(authorizeUrl(application, { state })), 'authorize');
      expect(callbackOf(done).getAll('state')).toEqual([state]);
      expect(callbackOf(done).getAll('code')).toHaveLength(1);
      expect(callbackOf(done).has('error')).toBe(false);
      expect(new URL(done.location ?? '').hash).toBe('');
    });

    it('returns no state for an empty one, and treats empty parameters as absent', async () => {
      const application = await newApplication(site);
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site));
      const empty = { state: '', scope: '', code_challenge: '', prompt: '' };
      const done = await decide(browser, await browser.open(authorizeUrl(application, empty)), 'authorize');
      expect([...callbackOf(done).keys()]).toEqual(['code', 'iss']);
    });

    it('keeps the query of a registered callback', async () => {
      const redirectUri = 'https://ams.example/callback?tenant=7&x=%20y';
      const application = await newApplication(site, { redirectUris: [redirectUri] });
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site));
      const done = await decide(browser, await browser.open(authorizeUrl(application)), 'authorize');
      expect(done.location?.startsWith(`${redirectUri}&code=`)).toBe(true);
    });

    it('creates a code for each consent, and the tokens of all stay active', async () => {
      const application = await newApplication(site);
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site));
      const [first, second] = [await codeFor(browser, application), await codeFor(browser, application)];
      expect(first).not.toBe(second);
      const [one, two] = [await redeem(site, application, first), await redeem(site, application, second)];
      expect((await callApi(site, tokensOf(one).access_token)).status).toBe(200);
      expect((await callApi(site, tokensOf(two).access_token)).status).toBe(200);
    });

    it('keeps concurrent requests of two users and two applications apart', async () => {
      const [first, second] = [await newApplication(site), await newApplication(site, { name: 'Other Sports' })];
      const [anna, ben] = [await newUser(site), await newUser(site)];
      await newDevice(site, ben);
      const browsers = [new HttpBrowser(site.url), new HttpBrowser(site.url)] as const;
      const [loginA, loginB] = await Promise.all([
        browsers[0].open(authorizeUrl(first, { state: 'A' })),
        browsers[1].open(authorizeUrl(second, { state: 'B' })),
      ]);
      const [consentB, consentA] = await Promise.all([
        browsers[1].submit(loginB, '/login/', { ...ben, id: '' }),
        browsers[0].submit(loginA, '/login/', { ...anna, id: '' }),
      ]);
      const [doneA, doneB] = await Promise.all([
        decide(browsers[0], consentA, 'authorize'),
        decide(browsers[1], consentB, 'authorize'),
      ]);
      expect([callbackOf(doneA).get('state'), callbackOf(doneB).get('state')]).toEqual(['A', 'B']);
      const tokensA = tokensOf(await redeem(site, first, callbackOf(doneA).get('code') ?? ''));
      const tokensB = tokensOf(await redeem(site, second, callbackOf(doneB).get('code') ?? ''));
      expect((await callApi(site, tokensA.access_token)).body.count).toBe(0);
      expect((await callApi(site, tokensB.access_token)).body.count).toBe(1);
      expect((await callApi(site, tokensA.access_token, '/api/v1/account/')).body.email).toBe(anna.email);
    });

    it('ignores unknown parameters, and a scope at the token endpoint', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site), { audience: 'x', nonce: 'n' });
      const tokens = tokensOf(await redeem(site, application, code, { audience: 'x', foo: 'bar', scope: 'all admin' }));
      expect(tokens.scope).toBe('all');
    });

    it('accepts a chunked form, and returns JSON whatever the Accept header says', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      const { redirectUri: redirect_uri } = application;
      const form = `${new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri })}`;
      const lines = [
        'Content-Type: application/x-www-form-urlencoded; charset=UTF-8',
        'Accept: text/html, application/xml',
        `Authorization: ${basic(application)}`,
      ];
      const response = await sendRaw(
        site.url,
        chunkedRequest(`POST ${tokenPath}`, lines, [form.slice(0, 20), form.slice(20)]),
      );
      expect(response.status).toBe(200);
      expect(response.head).toMatch(/\r\ncontent-type: application\/json/i);
    });

    it.each([
      ['the form body', {}, 'body'],
      ['a Basic header whose scheme is written in capitals', { scheme: 'BASIC' }, 'header'],
      ['a Basic header and the same client_id in the body', { client_id: true }, 'header'],
    ])('authenticates the application by %s', async (_name, how, where) => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      const { clientId, clientSecret, redirectUri: redirect_uri } = application;
      const grant = { grant_type: 'authorization_code', code, redirect_uri };
      const secret = clientSecret ?? '';
      const scheme = 'scheme' in how ? how.scheme : 'Basic';
      const response =
        where === 'body'
          ? await requestToken(site, null, { ...grant, client_id: clientId, client_secret: secret })
          : await postForm(
              site,
              tokenPath,
              null,
              { ...grant, ...('client_id' in how ? { client_id: clientId } : {}) },
              { authorization: `${scheme} ${btoa(`${clientId}:${secret}`)}` },
            );
      expect(response.status).toBe(200);
    });
  });
});
