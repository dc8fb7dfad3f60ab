import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src/storage/open.ts';
import { buildOnce } from '../../cli/run.ts';
import { newSqliteLocation } from '../../support/database/stores.ts';
import {
  type At,
  authorizeUrl,
  callApi,
  introspectPath,
  logInByPassword,
  postForm,
  revokePath,
  tokenPath,
  tokensOf,
} from '../../support/oauth.ts';
import { serve } from '../../support/processes/insiders.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../../support/site/fixtures.ts';
import { HttpBrowser } from '../../support/site/http-browser.ts';

/** Developers mix up parameters, and then send a secret where an identifier belongs. */
it('a secret that is sent in place of an identifier is neither logged nor stored', { timeout: 150_000 }, async () => {
  buildOnce();
  const { options, remove } = await newSqliteLocation();
  const store = await openStore(options);
  const application = await newApplication({ store }, { grantType: 'password' });
  const byCode = await newApplication({ store });
  const person = await newUser({ store });
  await store.close();
  const server = await serve(['--data-dir', options.dataDir], { environment: { INSIDERS_LOG_LEVEL: 'info' } });
  onTestFinished(() => server.kill());
  const { access_token, refresh_token } = tokensOf(await logInByPassword(server, application, person));
  const misplaced = [application.clientSecret ?? '', person.password, access_token, refresh_token];
  for (const secret of misplaced) await mixUp(server, { application, byCode, person, secret });
  expect(await server.stop()).toBe(0);
  const logged = server.output.stdout + server.output.stderr;
  expect(logged).toContain('"reason":"invalid_client"');
  const files = readdirSync(options.dataDir).filter((name) => name.startsWith('insiders.db'));
  const stored = files.map((name) => readFileSync(join(options.dataDir, name), 'latin1')).join();
  expect(stored).toContain(application.clientId);
  for (const secret of misplaced) {
    const forms = [secret, encodeURIComponent(secret), new URLSearchParams({ a: secret }).toString().slice(2)];
    for (const form of new Set(forms)) {
      expect([form, logged.includes(form), stored.includes(form)]).toEqual([form, false, false]);
    }
  }
  await remove();
});

/** Sends a secret in place of every identifier. */
async function mixUp(
  server: At,
  the: {
    readonly application: TestApplication;
    readonly byCode: TestApplication;
    readonly person: TestUser;
    readonly secret: string;
  },
): Promise<void> {
  const { application, byCode, person, secret } = the;
  const grant = { grant_type: 'password', username: person.email, password: person.password };
  const { clientId } = application;
  const swapped = { ...application, clientId: secret, clientSecret: clientId };
  for (const path of [tokenPath, revokePath, introspectPath]) {
    const body = { client_id: secret, client_secret: clientId };
    expect((await postForm(server, path, swapped, { ...grant, token: secret })).status).toBe(401);
    expect((await postForm(server, path, null, { ...grant, ...body, token: secret })).status).toBe(401);
    expect((await postForm(server, path, null, { ...grant, client_id: secret })).status).toBe(401);
  }
  const authorization = `Basic ${Buffer.from(secret).toString('base64')}`;
  expect((await postForm(server, tokenPath, null, grant, { authorization })).status).toBe(401);
  for (const wrong of [
    { username: secret, password: person.email },
    { username: secret },
    { username: `${secret}@club.example` },
    { grant_type: secret },
    { scope: secret },
    { [secret]: 'x' },
    { grant_type: 'refresh_token', refresh_token: `${secret}x` },
    { grant_type: 'authorization_code', code: secret, redirect_uri: secret },
  ]) {
    const response = await postForm(server, tokenPath, application, { ...grant, ...wrong });
    expect([400, 200]).toContain(response.status);
  }
  await callApi(server, `${clientId}:${secret}`);
  await callApi(server, 'x', `/api/v1/devices/?ordering=${secret}`);
  const browser = new HttpBrowser(server.url);
  await browser.logIn({ email: secret, password: person.email });
  await browser.logIn({ email: `${secret}@club.example`, password: 'wrong' });
  await browser.logIn(person);
  for (const wrong of [
    { client_id: secret },
    { redirect_uri: `https://ams.example/?key=${encodeURIComponent(secret)}` },
    { response_type: secret },
    { scope: secret },
    { prompt: secret },
  ]) {
    await browser.send(authorizeUrl(byCode, wrong));
  }
}
