import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/client.ts';
import { callApi, logInByPassword, refresh, type Tokens, tokensOf } from '../support/oauth.ts';
import { newApplication, newPerson, type Person, type TestApplication } from '../support/people.ts';
import { Site } from '../support/server.ts';
import { newDirectory } from '../support/stores.ts';

describe('a server whose SQLite file is locked by somebody who does not stop writing', () => {
  let dataDir: string;
  const site = new Site(
    async () => {
      const place = await newDirectory();
      dataDir = place.options.dataDir;
      return place;
    },
    { logLevel: 'silent' },
  );
  let application: TestApplication;
  let person: Person;
  let tokens: Tokens;
  let other: DatabaseSync;

  beforeAll(async () => {
    await site.start();
    application = await newApplication(site, { grantType: 'password', refreshPolicy: 'rotate' });
    person = await newPerson(site);
    tokens = tokensOf(await logInByPassword(site, application, person));
    other = new DatabaseSync(join(dataDir, 'insiders.db'));
    other.exec('begin immediate');
  });
  afterAll(async () => {
    other.close();
    await site.stop();
  });

  it('asks those who change something to come back, and reads go on meanwhile', async () => {
    let waiting = true;
    const writes = Promise.all([
      refresh(site, application, tokens.refresh_token),
      logInByPassword(site, application, person),
      new Browser(site.url).logIn(person),
    ]).finally(() => {
      waiting = false;
    });
    for (let times = 0; times < 20; times += 1) {
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      expect((await fetch(`${site.url}/login/`)).status).toBe(200);
    }
    expect(waiting).toBe(true);
    for (const answer of await writes) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/);
    }
  });

  it('does all of it once the file is free', async () => {
    other.exec('rollback');
    const next = tokensOf(await refresh(site, application, tokens.refresh_token));
    expect((await callApi(site, next.access_token)).status).toBe(200);
    expect((await new Browser(site.url).logIn(person)).url.pathname).toBe('/account/');
  });
});
