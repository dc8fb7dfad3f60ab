import { expect, it } from 'vitest';
import { newSqliteLocation } from '../../support/database/stores.ts';
import {
  authorizeUrl,
  basic,
  callApi,
  callbackOf,
  introspect,
  logInByPassword,
  redeem,
  refresh,
  revoke,
  tokensOf,
} from '../../support/oauth.ts';
import { insiders, insidersJson, serve } from '../../support/processes/insiders.ts';
import type { TestApplication } from '../../support/site/fixtures.ts';
import { HttpBrowser } from '../../support/site/http-browser.ts';
import { shownSecret, submitRegistration } from '../../support/site/registration.ts';

const person = { email: 'quiet.person@club.example', password: 'hush-hush-password' };
const redirectUri = 'https://ams.example/callback/';

it('no password, secret, code, token, session, state or email address is logged', async () => {
  const directory = await newSqliteLocation();
  const data = ['--data-dir', directory.options.dataDir];
  await insiders('user', 'create', '--email', person.email, '--password', person.password, ...data);
  const [byCode, byPassword] = [await create('authorization_code'), await create('password')];
  const server = await serve(data, { environment: { INSIDERS_LOG_LEVEL: 'trace' } });
  const secrets = new Set<string>([
    person.password,
    person.email,
    'not-the-password',
    'guessed-secret',
    'state-of-mind',
  ]);
  try {
    await goThroughEverything();
  } finally {
    expect(await server.stop()).toBe(0);
    await directory.remove();
  }
  const logged = server.output.stderr + server.output.stdout;
  expect(logged.split('\n').length).toBeGreaterThan(20);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8);
    expect([secret, logged.includes(secret)]).toEqual([secret, false]);
  }

  async function create(grantType: string): Promise<TestApplication> {
    const created = await insidersJson<{ client_id: string; client_secret: string }>(
      'application',
      'create',
      '--name',
      'Quiet',
      '--grant-type',
      grantType,
      '--redirect-uri',
      redirectUri,
      ...data,
    );
    const [clientId, clientSecret] = [created.client_id, created.client_secret];
    return { id: '', name: 'Quiet', clientId, clientSecret, redirectUri };
  }

  /**
   * Registers an application, creates a secret and a sandbox, opens an invitation, confirms the password, reports a
   * leak.
   */
  async function goThroughThePortal(browser: HttpBrowser): Promise<void> {
    await submitRegistration(browser);
    const home = await browser.open('/developer/');
    const path = /\/developer\/applications\/insiders_app_\w+\//.exec(home.html)?.[0] ?? '';
    const secret = shownSecret(await browser.submit(await browser.open(`${path}secrets/`), `${path}secrets/`));
    const sandbox = shownSecret(await browser.submit(await browser.open(`${path}sandbox/`), `${path}sandbox/`));
    for (const each of [secret, sandbox, 'invitation-of-somebody']) secrets.add(each);
    await browser.send('/developer/invitation/?token=invitation-of-somebody');
    await browser.submit(await browser.open('/account/confirm/'), '/account/confirm/', { password: person.password });
    await fetch(`${server.url}/oauth2/report-leak/`, { method: 'POST', body: new URLSearchParams({ token: secret }) });
    await fetch(`${server.url}/oauth2/report-leak/?token=${secret}`, { method: 'POST', body: '%ZZ' });
  }

  async function goThroughEverything(): Promise<void> {
    for (const application of [byCode, byPassword]) {
      secrets.add(application.clientSecret ?? '');
      secrets.add(basic(application).slice('Basic '.length));
    }
    const browser = new HttpBrowser(server.url);
    await browser.logIn({ ...person, password: 'not-the-password' });
    const login = await browser.open(authorizeUrl(byCode, { state: 'state-of-mind' }));
    secrets.add(login.url.searchParams.get('resume') ?? '');
    const consent = await browser.submit(login, '/login/', person);
    const done = await browser.press(consent, '/oauth2/authorize/', { decision: 'authorize' });
    for (const [, value] of browser.cookies) secrets.add(value);
    const code = callbackOf(done).get('code') ?? '';
    secrets.add(code);
    await redeem(server, { ...byCode, clientSecret: 'guessed-secret' }, code);
    const first = tokensOf(await redeem(server, byCode, code));
    await redeem(server, byCode, code);
    const second = tokensOf(await logInByPassword(server, byPassword, person));
    await logInByPassword(server, byPassword, { ...person, password: 'not-the-password' });
    const third = tokensOf(await refresh(server, byPassword, second.refresh_token));
    for (const tokens of [first, second, third]) {
      secrets.add(tokens.access_token);
      secrets.add(tokens.refresh_token);
      await callApi(server, tokens.access_token);
      await callApi(server, tokens.access_token, `/api/v1/devices/?access_token=${tokens.access_token}`);
      await introspect(server, byPassword, tokens.access_token);
    }
    await callApi(server, `${third.access_token}x`);
    await goThroughThePortal(browser);
    await revoke(server, byCode, third.refresh_token);
    await revoke(server, byPassword, third.refresh_token);
    await fetch(`${server.url}/oauth2/token?${new URLSearchParams(person)}`, { method: 'POST' });
    await fetch(`${server.url}/oauth2/token/?password=${person.password}`, { method: 'POST', body: '%ZZ' });
    await browser.send(`/login/?next=${encodeURIComponent(authorizeUrl(byCode, { state: 'state-of-mind' }))}`);
    await browser.send(authorizeUrl(byCode, { state: 'state-of-mind', redirect_uri: 'https://evil.example' }));
  }
});
