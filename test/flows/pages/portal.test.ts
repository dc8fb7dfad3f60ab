import { describe, expect, it } from 'vitest';
import { authorizeUrl, callApi, logInByPassword, obtainTokens, postForm, requestToken } from '../../support/oauth.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../../support/site/fixtures.ts';
import { HttpBrowser, type Page, visibleText } from '../../support/site/http-browser.ts';
import { newSandbox, shownSecret } from '../../support/site/registration.ts';
import { onEachEngine, type TestServer } from '../../support/site/site.ts';
import { advanceClock, pollUntil } from '../../support/site/time.ts';

const changeRecord = (site: TestServer) => ({
  event: { at: Date.now(), actor: { kind: 'command-line' as const }, action: 'test', subject: `site:${site.url}` },
});

onEachEngine((site) => {
  async function loggedIn(person: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return browser;
  }

  /** An application, and its owner with a browser. */
  async function owned(fields: Parameters<typeof newApplication>[1] = {}) {
    const [application, owner] = [await newApplication(site, fields), await newUser(site)];
    const now = Date.now();
    await site.store.members.add({
      applicationId: application.id,
      userId: owner.id,
      role: 'owner',
      now,
      record: changeRecord(site),
    });
    const path = (page: string) => `/developer/applications/${application.clientId}/${page}`;
    return { application, owner, browser: await loggedIn(owner), path };
  }

  const subjectsTo = async (person: Pick<TestUser, 'email'>) =>
    (await site.store.mails.list({ limit: 50, to: person.email })).rows.map(({ subject }) => subject);

  const authenticates = async (application: TestApplication, clientSecret: string) => {
    const response = await requestToken(site, { ...application, clientSecret }, { grant_type: 'nonsense' });
    return response.body.error !== 'invalid_client';
  };

  describe('client secrets', () => {
    it('are shown once, are active side by side, and can be revoked', async () => {
      const { application, browser, path, owner } = await owned();
      const old = application.clientSecret ?? '';
      const fresh = shownSecret(await browser.submit(await browser.open(path('secrets/')), path('secrets/')));
      expect(await authenticates(application, old)).toBe(true);
      expect(await authenticates(application, fresh)).toBe(true);
      const listed = await browser.open(path('secrets/'));
      expect(listed.html).not.toContain(fresh);
      expect(visibleText(listed.html)).toContain(`…${fresh.slice(-4)}`);
      expect(await subjectsTo(owner)).toContain('New client secret of Peak Analytics');

      const third = await browser.press(listed, path('secrets/'));
      expect(third.status).toBe(409);

      const [first] = await site.store.secrets.list(application.id, Date.now());
      const revocationPath = path(`secrets/${first?.id}/`);
      await browser.submit(await browser.open(revocationPath), revocationPath, { when: 'now' });
      expect(await authenticates(application, old)).toBe(false);
      expect(await authenticates(application, fresh)).toBe(true);
      expect((await browser.send(revocationPath)).status).toBe(404);
    });

    it('are revoked after an hour, after a week, or after a day without use', async () => {
      const { application, browser, path } = await owned();
      const [secret] = await site.store.secrets.list(application.id, Date.now());
      const revocationPath = path(`secrets/${secret?.id}/`);
      const minutesUntilRevoked = async () => {
        const [known] = await site.store.secrets.list(application.id, Date.now());
        return known?.validUntil === null ? null : Math.round(((known?.validUntil ?? 0) - Date.now()) / 60_000);
      };
      await browser.submit(await browser.open(revocationPath), revocationPath, { when: 'week' });
      expect(await minutesUntilRevoked()).toBe(7 * 24 * 60);
      await browser.submit(await browser.open(revocationPath), revocationPath, { when: 'hour' });
      expect(await minutesUntilRevoked()).toBe(60);
      await browser.submit(await browser.open(revocationPath), revocationPath, { when: 'idle' });
      expect(await minutesUntilRevoked()).toBeNull();
      const now = Date.now();
      expect(await site.store.secrets.revokeIdle(now + 3_600_000)).toBe(0);
      await site.store.secrets.touch([{ secretId: secret?.id ?? '', usedAt: now + 3_600_000 }]);
      expect(await site.store.secrets.revokeIdle(now + 24.5 * 3_600_000)).toBe(0);
      expect(await site.store.secrets.revokeIdle(now + 26 * 3_600_000)).toBe(1);
      const { entries } = await site.store.audit.list({ subject: `application:${application.clientId}`, limit: 1 });
      expect(entries).toMatchObject([
        { actor: { kind: 'platform' }, action: 'application.secret_retired', detail: { secret: secret?.id } },
      ]);
    });

    it('are two at most, even if many are created at the same time', async () => {
      const { application, browser, path } = await owned();
      const form = await browser.open(path('secrets/'));
      const created = await Promise.all(Array.from({ length: 8 }, () => browser.press(form, path('secrets/'))));
      expect(created.filter(({ status }) => status === 200)).toHaveLength(1);
      const secrets = await site.store.secrets.list(application.id, Date.now());
      expect(secrets).toHaveLength(2);
    });

    it('are created only after a recent password confirmation', async () => {
      const { browser, owner, path } = await owned();
      const form = await browser.open(path('secrets/'));
      advanceClock(11 * 60);
      const redirected = await browser.press(form, path('secrets/'));
      expect(redirected.location).toMatch(/^\/account\/confirm\/\?next=/);
      const confirm = await browser.open(redirected.location ?? '');
      const refused = await browser.press(confirm, '/account/confirm/', { password: 'not the password' });
      expect(refused.status).toBe(400);
      const back = await browser.submit(confirm, '/account/confirm/', { password: owner.password });
      expect(back.url.pathname).toBe(path('secrets/'));
      shownSecret(await browser.submit(back, path('secrets/')));
    });
  });

  describe('a leak', () => {
    const report = (token: string) => postForm(site, '/oauth2/report-leak/', null, { token });

    it('of a secret revokes it, and the owners get a mail', async () => {
      const { application, owner } = await owned();
      const secret = application.clientSecret ?? '';
      const response = await report(secret);
      expect([response.status, response.body]).toEqual([200, {}]);
      expect(await authenticates(application, secret)).toBe(false);
      expect(await subjectsTo(owner)).toContain('A client secret of Peak Analytics leaked and was revoked');
    });

    it('of a token revokes its family', async () => {
      for (const kind of ['access_token', 'refresh_token'] as const) {
        const { application, owner } = await owned();
        const tokens = await obtainTokens(site, application, await newUser(site));
        await report(tokens[kind]);
        expect((await callApi(site, tokens.access_token)).status).toBe(401);
        expect(await subjectsTo(owner)).toContain('A token of Peak Analytics leaked and was revoked');
      }
    });

    it('of an unknown token gets the same response, and changes nothing', async () => {
      const before = await site.store.audit.latest(1);
      for (const token of ['nonsense', `insiders_secret_${'A'.repeat(43)}`, 'x'.repeat(5000)]) {
        const response = await report(token);
        expect([response.status, response.body]).toEqual([200, {}]);
      }
      expect((await postForm(site, '/oauth2/report-leak/', null, {})).status).toBe(400);
      expect(await site.store.audit.latest(1)).toEqual(before);
    });
  });

  describe('the members of an application', () => {
    const tokenOf = async (person: TestUser) => {
      const { rows } = await site.store.mails.list({ limit: 1, to: person.email });
      return /invitation\/\?token=([A-Za-z0-9_-]+)/.exec(rows[0]?.text ?? '')?.[1] ?? '';
    };

    it('join with an invitation, which is valid once and for one address', async () => {
      const { application, browser, path, owner } = await owned();
      const invited = await newUser(site);
      const form = await browser.open(path('members/'));
      await browser.submit(form, path('members/'), { act: 'invite', email: invited.email });
      const link = `/developer/invitation/?token=${await tokenOf(invited)}`;

      const stranger = await loggedIn(await newUser(site));
      expect((await stranger.send(link)).status).toBe(403);
      const memberBrowser = await loggedIn(invited);
      expect((await memberBrowser.send(path(''))).status).toBe(404);
      const joined = await memberBrowser.submit(await memberBrowser.open(link), '/developer/invitation/');
      expect([joined.url.pathname, joined.status]).toEqual([path(''), 200]);
      expect((await memberBrowser.send(link)).status).toBe(404);
      expect(await subjectsTo(owner)).toContain('Anna Keller joined Peak Analytics');
      expect(await site.store.members.roleOf(application.id, invited.id)).toBe('member');
    });

    it('are the only users who see it', async () => {
      const { path } = await owned();
      const stranger = await loggedIn(await newUser(site));
      for (const page of [
        '',
        'secrets/',
        'callbacks/',
        'errors/',
        'members/',
        'grant-type/',
        'history/',
        'transfer/',
      ]) {
        expect([page, (await stranger.send(path(page))).status]).toEqual([page, 404]);
      }
    });

    it('may do what owners may only as owners', async () => {
      const { application, browser, path } = await owned();
      const member = await newUser(site);
      const now = Date.now();
      const joins = { applicationId: application.id, userId: member.id, role: 'member', now } as const;
      await site.store.members.add({ ...joins, record: changeRecord(site) });
      const memberBrowser = await loggedIn(member);
      const csrf = /name="csrf" value="([^"]+)"/.exec((await memberBrowser.open(path('members/'))).html)?.[1] ?? '';
      for (const page of ['callbacks/', 'members/', 'grant-type/', 'disconnect-all/', 'transfer/']) {
        expect([page, (await memberBrowser.post(path(page), { csrf })).status]).toEqual([page, 403]);
      }
      shownSecret(await memberBrowser.submit(await memberBrowser.open(path('secrets/')), path('secrets/')));
      const transfer = path('transfer/');
      const typed = { typed: application.clientId, to: String(member.id) };
      await browser.submit(await browser.open(transfer), transfer, typed);
      expect(await site.store.members.roleOf(application.id, member.id)).toBe('owner');
    });

    it('always include an owner', async () => {
      const { application, browser, path, owner } = await owned();
      const form = await browser.open(path('members/'));
      const response = await browser.press(form, path('members/'), { act: 'remove', user: String(owner.id) });
      expect(response.status).toBe(400);
      expect(await site.store.members.roleOf(application.id, owner.id)).toBe('owner');
    });
  });

  describe('the grant type', () => {
    it('is requested, switched and undone; both sides get mails', async () => {
      const { application, browser, path, owner } = await owned();
      const administrator = await newUser(site, { administratorRole: 'administrator' });
      const adminBrowser = await loggedIn(administrator);
      const requestPath = path('grant-type/');
      const requested = await browser.submit(await browser.open(requestPath), requestPath, {
        reason: 'A legacy client.',
      });
      expect(visibleText(requested.html)).toContain('Asked for');
      expect(await subjectsTo(administrator)).toContain('Grant type change requested: Peak Analytics');
      expect((await browser.press(requested, requestPath, { act: '', reason: 'Again' })).status).toBe(400);

      const page = `/admin/applications/${application.clientId}/grant-type/`;
      const preview = await adminBrowser.open(page);
      expect(visibleText(preview.html)).toContain('A legacy client.');
      const formOf = (action: string, from: Page) => {
        const csrf = from.forms.find((form) => form.action === page)?.fields.csrf ?? '';
        return adminBrowser.post(page, { csrf, act: action, date: '' });
      };
      expect((await formOf('switch', preview)).status).toBe(303);
      const user = await newUser(site);
      expect((await logInByPassword(site, application, user)).status).toBe(200);
      for (const person of [owner, administrator]) {
        expect(await subjectsTo(person)).toContain(
          'The grant type of Peak Analytics is now Resource Owner Password Credentials',
        );
      }
      // Each side gets a link to a page that it may open.
      const linked = async (person: { readonly email: string }) =>
        (await site.store.mails.list({ limit: 1, to: person.email })).rows[0]?.text;
      expect(await linked(owner)).toContain(`/developer/applications/${application.clientId}/`);
      expect(await linked(administrator)).toContain(page);
      expect((await formOf('undo', await adminBrowser.open(page))).status).toBe(303);
      expect((await logInByPassword(site, application, user)).body.error).toBe('unauthorized_client');
      expect(await subjectsTo(owner)).toContain('The grant type of Peak Analytics is Authorization Code again');
    });

    it('stays if an owner cancels the request, and the email to administrators says who did', async () => {
      const { application, browser, path } = await owned();
      const administrator = await newUser(site, { administratorRole: 'administrator' });
      const page = path('grant-type/');
      const requested = await browser.submit(await browser.open(page), page, { reason: 'A legacy client.' });
      expect((await browser.press(requested, page, { act: 'cancel' })).status).toBe(303);
      const [mail] = (await site.store.mails.list({ limit: 1, to: administrator.email })).rows;
      expect(mail?.subject).toBe('The grant type of Peak Analytics does not change');
      expect(mail?.text).toContain('An owner of Peak Analytics cancelled the change of its grant type.');
      expect(mail?.text).toContain(`/admin/applications/${application.clientId}/grant-type/`);
      expect(await site.store.applications.find(application.id)).toMatchObject({ grantType: 'authorization_code' });
    });

    it('is not switched to Authorization Code without a callback', async () => {
      const { application } = await owned({ grantType: 'password', redirectUris: [] });
      const adminBrowser = await loggedIn(await newUser(site, { administratorRole: 'administrator' }));
      const page = `/admin/applications/${application.clientId}/grant-type/`;
      const preview = await adminBrowser.open(page);
      expect(visibleText(preview.html)).toContain('There is no callback');
      const csrf = preview.forms[0]?.fields.csrf;
      expect((await adminBrowser.post(page, { csrf, act: 'switch' })).status).toBe(400);
    });

    it('is scheduled for a date', async () => {
      const { application } = await owned();
      const adminBrowser = await loggedIn(await newUser(site, { administratorRole: 'administrator' }));
      const page = `/admin/applications/${application.clientId}/grant-type/`;
      const preview = await adminBrowser.open(page);
      const csrf = preview.forms[0]?.fields.csrf;
      const past = await adminBrowser.post(page, { csrf, act: 'switch', date: '2020-01-01 00:00' });
      expect(past.status).toBe(400);
      expect((await adminBrowser.post(page, { csrf, act: 'switch', date: 'soon' })).status).toBe(400);
      const date = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
      expect((await adminBrowser.post(page, { csrf, act: 'switch', date })).status).toBe(303);
      expect(await site.store.grantChanges.due(Date.now())).toEqual([]);
      const due = await site.store.grantChanges.due(Date.now() + 3_700_000);
      expect(due.some(({ applicationId }) => applicationId === application.id)).toBe(true);
    });
  });

  describe('a refused request', () => {
    it('is explained to the members of its application only', async () => {
      const { application, browser, path } = await owned();
      const short = application.redirectUri.slice(0, -1);
      const refused = await fetch(
        `${site.url}/oauth2/authorize/?${new URLSearchParams({ client_id: application.clientId, response_type: 'code', redirect_uri: `${short}?password=hunter2` })}`,
        { headers: { accept: 'text/html' } },
      );
      const requestId = refused.headers.get('x-request-id') ?? '';
      const explained = await pollUntil(async () => {
        const page = await browser.send(path(`errors/${requestId}/`));
        return page.status === 200 ? page : undefined;
      });
      const text = visibleText(explained.html);
      expect(text).toContain('The redirect_uri is not a registered callback.');
      expect(text).not.toContain('hunter2');
      expect(explained.html).toContain('<ins>/</ins>');
      const stranger = await loggedIn(await newUser(site));
      expect((await stranger.send(path(`errors/${requestId}/`))).status).toBe(404);
    });

    it('is explained at its error_uri to members; others see the general page', async () => {
      const { application, browser } = await owned();
      const response = await requestToken(site, application, {
        grant_type: 'authorization_code',
        redirect_uri: application.redirectUri,
        code: 'insiders_code_x',
      });
      const uri = String(response.body.error_uri);
      const target = uri.slice(site.url.length);
      const detailed = await pollUntil(async () => {
        const page = await browser.send(target);
        return visibleText(page.html).includes('This request') ? page : undefined;
      });
      expect(visibleText(detailed.html)).toContain('The code is unknown, or was issued to another application.');
      const stranger = await loggedIn(await newUser(site));
      const general = await stranger.send(target);
      expect(general.status).toBe(200);
      expect(visibleText(general.html)).not.toContain('This request');
      expect(general.html).not.toContain('insiders_code_x');
    });

    it('is listed with its cause: a wrong secret, an expired token, an error of the API', async () => {
      const { application, browser, path } = await owned();
      const tokens = await obtainTokens(site, application, await newUser(site));
      await requestToken(site, { ...application, clientSecret: 'insiders_secret_wrong' }, { grant_type: 'password' });
      await callApi(site, tokens.access_token, '/api/v1/devices/999999999/');
      advanceClock(36_001);
      await callApi(site, tokens.access_token);
      const listed = await pollUntil(async () => {
        const text = visibleText((await browser.send(path('errors/'))).html);
        return text.includes('The access token has expired.') ? text : undefined;
      });
      expect(listed).toContain('The client secret is wrong.');
      expect(listed).toContain('It does not exist, or not for this user.');
      expect(listed).not.toContain('insiders_secret_wrong');
    });
  });

  describe('the sandbox', () => {
    it('acts for its test user, and for no other user', async () => {
      const { application, testUser } = await newSandbox(site, await loggedIn(await newUser(site)));
      const tokens = await obtainTokens(site, application, testUser);
      const devices = await callApi(site, tokens.access_token);
      expect(devices.body.count).toBe(3);
      expect((await callApi(site, tokens.access_token, '/api/v1/devices/')).body.count).toBe(4);

      const strangerBrowser = await loggedIn(await newUser(site));
      const refused = await strangerBrowser.open(authorizeUrl(application));
      expect([refused.status, visibleText(refused.html).includes('This is a sandbox')]).toEqual([403, true]);
    });

    it('takes 60 API requests per minute', async () => {
      const legacy = { grantType: 'password', passwordReason: 'Legacy', callbacks: '' };
      const { application, testUser } = await newSandbox(site, await loggedIn(await newUser(site)), legacy);
      const response = await logInByPassword(site, application, testUser);
      const token = String(response.body.access_token);
      const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await callApi(site, token)).status));
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5);
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(60);
    });
  });

  it('disconnects all users after the client ID was typed', async () => {
    const { application, browser, path } = await owned();
    const tokens = await obtainTokens(site, application, await newUser(site));
    const target = path('disconnect-all/');
    const form = await browser.open(target);
    expect((await browser.press(form, target, { typed: 'something else' })).status).toBe(400);
    expect((await callApi(site, tokens.access_token)).status).toBe(200);
    await browser.submit(form, target, { typed: application.clientId });
    expect((await callApi(site, tokens.access_token)).status).toBe(401);
  });

  it('changes callbacks, and refuses invalid ones', async () => {
    const { application, browser, path } = await owned();
    const target = path('callbacks/');
    const form = await browser.open(target);
    const refused = await browser.press(form, target, { callbacks: 'javascript:alert(1)' });
    expect(refused.status).toBe(400);
    await browser.submit(form, target, { callbacks: 'https://ams.example/new/\nhttps://ams.example/other/' });
    const changed = await site.store.applications.findByClientId(application.clientId);
    expect(changed?.application.redirectUris).toEqual(['https://ams.example/new/', 'https://ams.example/other/']);
    const history = await browser.open(path('history/'));
    expect(visibleText(history.html)).toContain('Callbacks changed');
  });

  it('has the same texts in its history as in the audit log of the console', async () => {
    const { application, browser, path } = await owned();
    const secret = shownSecret(await browser.submit(await browser.open(path('secrets/')), path('secrets/')));
    const form = await browser.open(path('members/'));
    await browser.submit(form, path('members/'), { act: 'invite', email: 'carl@club.example' });
    await browser.submit(await browser.open(path('grant-type/')), path('grant-type/'), { reason: 'A legacy client.' });
    const adminBrowser = await loggedIn(await newUser(site, { administratorRole: 'auditor' }));
    for (const { html } of [
      await browser.open(path('history/')),
      await adminBrowser.open(`/admin/audit/?subject=${application.clientId}`),
    ]) {
      const lines = html.split(/<\/?li[^>]*>/).map(visibleText);
      for (const line of [
        `Last four characters: ${secret.slice(-4)}`,
        'Email address: carl@club.example',
        'Role: member',
        'New grant type: Resource Owner Password Credentials',
      ]) {
        expect(lines).toContain(line);
      }
      expect(html).not.toContain('last_four');
    }
  });
});
