import { describe, expect, it } from 'vitest';
import { Browser, type Page, textOf } from '../../support/client.ts';
import { authorizeUrl, callApi, logInByPassword, obtainTokens, postForm, requestToken } from '../../support/oauth.ts';
import { newApplication, newPerson, type Person, type TestApplication } from '../../support/people.ts';
import { newSandbox, shownSecret } from '../../support/registration.ts';
import { onEachSite, type Site } from '../../support/server.ts';
import { eventually, later } from '../../support/time.ts';

const note = (site: Site) => ({
  event: { at: Date.now(), actor: { kind: 'command-line' as const }, action: 'test', subject: `site:${site.url}` },
});

onEachSite((site) => {
  async function loggedIn(person: Person): Promise<Browser> {
    const browser = new Browser(site.url);
    await browser.logIn(person);
    return browser;
  }

  /** An application with an owner in front of a browser. */
  async function owned(wanted: Parameters<typeof newApplication>[1] = {}) {
    const [application, owner] = [await newApplication(site, wanted), await newPerson(site)];
    const now = Date.now();
    await site.store.members.add({
      applicationId: application.id,
      userId: owner.id,
      role: 'owner',
      now,
      record: note(site),
    });
    const path = (page: string) => `/developer/applications/${application.clientId}/${page}`;
    return { application, owner, browser: await loggedIn(owner), path };
  }

  const subjectsTo = async (person: Pick<Person, 'email'>) =>
    (await site.store.mails.list({ limit: 50, to: person.email })).rows.map(({ subject }) => subject);

  const authenticates = async (application: TestApplication, clientSecret: string) => {
    const answer = await requestToken(site, { ...application, clientSecret }, { grant_type: 'nonsense' });
    return answer.body.error !== 'invalid_client';
  };

  describe('client secrets', () => {
    it('are shown once, overlap, and retire when they are told to', async () => {
      const { application, browser, path, owner } = await owned();
      const old = application.clientSecret ?? '';
      const fresh = shownSecret(await browser.submit(await browser.open(path('secrets/')), path('secrets/')));
      expect(await authenticates(application, old)).toBe(true);
      expect(await authenticates(application, fresh)).toBe(true);
      const listed = await browser.open(path('secrets/'));
      expect(listed.html).not.toContain(fresh);
      expect(textOf(listed.html)).toContain(`…${fresh.slice(-4)}`);
      expect(await subjectsTo(owner)).toContain('New client secret of Peak Analytics');

      const third = await browser.press(listed, path('secrets/'));
      expect(third.status).toBe(409);

      const [first] = await site.store.secrets.list(application.id, Date.now());
      const retire = path(`secrets/${first?.id}/`);
      await browser.submit(await browser.open(retire), retire, { when: 'now' });
      expect(await authenticates(application, old)).toBe(false);
      expect(await authenticates(application, fresh)).toBe(true);
      expect((await browser.send(retire)).status).toBe(404);
    });

    it('retire in an hour, in a week, or once they were not used for a day', async () => {
      const { application, browser, path } = await owned();
      const [secret] = await site.store.secrets.list(application.id, Date.now());
      const retire = path(`secrets/${secret?.id}/`);
      const retiresIn = async () => {
        const [known] = await site.store.secrets.list(application.id, Date.now());
        return known?.validUntil === null ? null : Math.round(((known?.validUntil ?? 0) - Date.now()) / 60_000);
      };
      await browser.submit(await browser.open(retire), retire, { when: 'week' });
      expect(await retiresIn()).toBe(7 * 24 * 60);
      await browser.submit(await browser.open(retire), retire, { when: 'hour' });
      expect(await retiresIn()).toBe(60);
      await browser.submit(await browser.open(retire), retire, { when: 'idle' });
      expect(await retiresIn()).toBeNull();
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

    it('are two at most, also when many are made at once', async () => {
      const { application, browser, path } = await owned();
      const form = await browser.open(path('secrets/'));
      const made = await Promise.all(Array.from({ length: 8 }, () => browser.press(form, path('secrets/'))));
      expect(made.filter(({ status }) => status === 200)).toHaveLength(1);
      const secrets = await site.store.secrets.list(application.id, Date.now());
      expect(secrets).toHaveLength(2);
    });

    it('are made only after the password was asked for lately', async () => {
      const { browser, owner, path } = await owned();
      const form = await browser.open(path('secrets/'));
      later(11 * 60);
      const asked = await browser.press(form, path('secrets/'));
      expect(asked.location).toMatch(/^\/account\/confirm\/\?next=/);
      const confirm = await browser.open(asked.location ?? '');
      const wrong = await browser.press(confirm, '/account/confirm/', { password: 'not the password' });
      expect(wrong.status).toBe(400);
      const back = await browser.submit(confirm, '/account/confirm/', { password: owner.password });
      expect(back.url.pathname).toBe(path('secrets/'));
      shownSecret(await browser.submit(back, path('secrets/')));
    });
  });

  describe('a leak', () => {
    const report = (token: string) => postForm(site, '/oauth2/report-leak/', null, { token });

    it('of a secret is ended by whoever shows it, and told to the owners', async () => {
      const { application, owner } = await owned();
      const secret = application.clientSecret ?? '';
      const answer = await report(secret);
      expect([answer.status, answer.body]).toEqual([200, {}]);
      expect(await authenticates(application, secret)).toBe(false);
      expect(await subjectsTo(owner)).toContain('A client secret of Peak Analytics leaked and was revoked');
    });

    it('of a token ends what it belongs to', async () => {
      for (const kind of ['access_token', 'refresh_token'] as const) {
        const { application, owner } = await owned();
        const tokens = await obtainTokens(site, application, await newPerson(site));
        await report(tokens[kind]);
        expect((await callApi(site, tokens.access_token)).status).toBe(401);
        expect(await subjectsTo(owner)).toContain('A token of Peak Analytics leaked and was revoked');
      }
    });

    it('of nothing we know is answered alike, and changes nothing', async () => {
      const before = await site.store.audit.latest(1);
      for (const token of ['nonsense', `insiders_secret_${'A'.repeat(43)}`, 'x'.repeat(5000)]) {
        const answer = await report(token);
        expect([answer.status, answer.body]).toEqual([200, {}]);
      }
      expect((await postForm(site, '/oauth2/report-leak/', null, {})).status).toBe(400);
      expect(await site.store.audit.latest(1)).toEqual(before);
    });
  });

  describe('the people of an application', () => {
    const tokenOf = async (person: Person) => {
      const { rows } = await site.store.mails.list({ limit: 1, to: person.email });
      return /invitation\/\?token=([A-Za-z0-9_-]+)/.exec(rows[0]?.text ?? '')?.[1] ?? '';
    };

    it('come by an invitation, which is good once and for one address', async () => {
      const { application, browser, path, owner } = await owned();
      const invited = await newPerson(site);
      const form = await browser.open(path('members/'));
      await browser.submit(form, path('members/'), { act: 'invite', email: invited.email });
      const link = `/developer/invitation/?token=${await tokenOf(invited)}`;

      const stranger = await loggedIn(await newPerson(site));
      expect((await stranger.send(link)).status).toBe(403);
      const theirs = await loggedIn(invited);
      expect((await theirs.send(path(''))).status).toBe(404);
      const joined = await theirs.submit(await theirs.open(link), '/developer/invitation/');
      expect([joined.url.pathname, joined.status]).toEqual([path(''), 200]);
      expect((await theirs.send(link)).status).toBe(404);
      expect(await subjectsTo(owner)).toContain('Anna Keller joined Peak Analytics');
      expect(await site.store.members.roleOf(application.id, invited.id)).toBe('member');
    });

    it('are one application among others: nobody else sees it', async () => {
      const { path } = await owned();
      const stranger = await loggedIn(await newPerson(site));
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

    it('may do what owners may only if they are owners', async () => {
      const { application, browser, path } = await owned();
      const member = await newPerson(site);
      const now = Date.now();
      const joins = { applicationId: application.id, userId: member.id, role: 'member', now } as const;
      await site.store.members.add({ ...joins, record: note(site) });
      const theirs = await loggedIn(member);
      const csrf = /name="csrf" value="([^"]+)"/.exec((await theirs.open(path('members/'))).html)?.[1] ?? '';
      for (const page of ['callbacks/', 'members/', 'grant-type/', 'disconnect-all/', 'transfer/']) {
        expect([page, (await theirs.post(path(page), { csrf })).status]).toEqual([page, 403]);
      }
      shownSecret(await theirs.submit(await theirs.open(path('secrets/')), path('secrets/')));
      const transfer = path('transfer/');
      const typed = { typed: application.clientId, to: String(member.id) };
      await browser.submit(await browser.open(transfer), transfer, typed);
      expect(await site.store.members.roleOf(application.id, member.id)).toBe('owner');
    });

    it('always have an owner', async () => {
      const { application, browser, path, owner } = await owned();
      const form = await browser.open(path('members/'));
      const answer = await browser.press(form, path('members/'), { act: 'remove', user: String(owner.id) });
      expect(answer.status).toBe(400);
      expect(await site.store.members.roleOf(application.id, owner.id)).toBe('owner');
    });
  });

  describe('the grant type', () => {
    it('is asked for, switched, and taken back; both sides get mail', async () => {
      const { application, browser, path, owner } = await owned();
      const administrator = await newPerson(site, { administratorRole: 'administrator' });
      const staff = await loggedIn(administrator);
      const ask = path('grant-type/');
      const asked = await browser.submit(await browser.open(ask), ask, { reason: 'A legacy client.' });
      expect(textOf(asked.html)).toContain('Asked for');
      expect(await subjectsTo(administrator)).toContain('Grant type change requested: Peak Analytics');
      expect((await browser.press(asked, ask, { act: '', reason: 'Again' })).status).toBe(400);

      const page = `/admin/applications/${application.clientId}/grant-type/`;
      const preview = await staff.open(page);
      expect(textOf(preview.html)).toContain('A legacy client.');
      const formOf = (action: string, from: Page) => {
        const csrf = from.forms.find((form) => form.action === page)?.fields.csrf ?? '';
        return staff.post(page, { csrf, act: action, date: '' });
      };
      expect((await formOf('switch', preview)).status).toBe(303);
      const user = await newPerson(site);
      expect((await logInByPassword(site, application, user)).status).toBe(200);
      for (const person of [owner, administrator]) {
        expect(await subjectsTo(person)).toContain(
          'The grant type of Peak Analytics is now Resource Owner Password Credentials',
        );
      }
      expect((await formOf('undo', await staff.open(page))).status).toBe(303);
      expect((await logInByPassword(site, application, user)).body.error).toBe('unauthorized_client');
      expect(await subjectsTo(owner)).toContain('The grant type of Peak Analytics is Authorization Code again');
    });

    it('stays if an owner cancels the request, and the email to administrators says who did', async () => {
      const { application, browser, path } = await owned();
      const administrator = await newPerson(site, { administratorRole: 'administrator' });
      const page = path('grant-type/');
      const requested = await browser.submit(await browser.open(page), page, { reason: 'A legacy client.' });
      expect((await browser.press(requested, page, { act: 'cancel' })).status).toBe(303);
      const [mail] = (await site.store.mails.list({ limit: 1, to: administrator.email })).rows;
      expect(mail?.subject).toBe('The grant type of Peak Analytics does not change');
      expect(mail?.text).toContain('An owner of Peak Analytics cancelled the change of its grant type.');
      expect(await site.store.applications.find(application.id)).toMatchObject({ grantType: 'authorization_code' });
    });

    it('is not switched to one that needs a callback without one', async () => {
      const { application } = await owned({ grantType: 'password', redirectUris: [] });
      const staff = await loggedIn(await newPerson(site, { administratorRole: 'administrator' }));
      const page = `/admin/applications/${application.clientId}/grant-type/`;
      const shown = await staff.open(page);
      expect(textOf(shown.html)).toContain('There is no callback');
      const csrf = shown.forms[0]?.fields.csrf;
      expect((await staff.post(page, { csrf, act: 'switch' })).status).toBe(400);
    });

    it('is switched at a date by the server itself', async () => {
      const { application } = await owned();
      const staff = await loggedIn(await newPerson(site, { administratorRole: 'administrator' }));
      const page = `/admin/applications/${application.clientId}/grant-type/`;
      const shown = await staff.open(page);
      const csrf = shown.forms[0]?.fields.csrf;
      const past = await staff.post(page, { csrf, act: 'switch', date: '2020-01-01 00:00' });
      expect(past.status).toBe(400);
      expect((await staff.post(page, { csrf, act: 'switch', date: 'soon' })).status).toBe(400);
      const date = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
      expect((await staff.post(page, { csrf, act: 'switch', date })).status).toBe(303);
      expect(await site.store.grantChanges.due(Date.now())).toEqual([]);
      const due = await site.store.grantChanges.due(Date.now() + 3_700_000);
      expect(due.some(({ applicationId }) => applicationId === application.id)).toBe(true);
    });
  });

  describe('why did it fail?', () => {
    it('explains each refusal to the people of the application, and to nobody else', async () => {
      const { application, browser, path } = await owned();
      const short = application.redirectUri.slice(0, -1);
      const refused = await fetch(
        `${site.url}/oauth2/authorize/?${new URLSearchParams({ client_id: application.clientId, response_type: 'code', redirect_uri: `${short}?password=hunter2` })}`,
        { headers: { accept: 'text/html' } },
      );
      const requestId = refused.headers.get('x-request-id') ?? '';
      const explained = await eventually(async () => {
        const page = await browser.send(path(`errors/${requestId}/`));
        return page.status === 200 ? page : undefined;
      });
      const text = textOf(explained.html);
      expect(text).toContain('The redirect_uri is not a registered callback.');
      expect(text).not.toContain('hunter2');
      expect(explained.html).toContain('<ins>/</ins>');
      const stranger = await loggedIn(await newPerson(site));
      expect((await stranger.send(path(`errors/${requestId}/`))).status).toBe(404);
    });

    it('opens by the error_uri of the answer: details for members, the general page for everybody else', async () => {
      const { application, browser } = await owned();
      const answer = await requestToken(site, application, {
        grant_type: 'authorization_code',
        code: 'insiders_code_x',
      });
      const uri = String(answer.body.error_uri);
      const target = uri.slice(site.url.length);
      const detailed = await eventually(async () => {
        const page = await browser.send(target);
        return textOf(page.html).includes('This request') ? page : undefined;
      });
      expect(textOf(detailed.html)).toContain('The code is unknown, or was issued to another application.');
      const stranger = await loggedIn(await newPerson(site));
      const general = await stranger.send(target);
      expect(general.status).toBe(200);
      expect(textOf(general.html)).not.toContain('This request');
      expect(general.html).not.toContain('insiders_code_x');
    });

    it('knows a wrong secret, an expired token and a refusal of the API', async () => {
      const { application, browser, path } = await owned();
      const tokens = await obtainTokens(site, application, await newPerson(site));
      await requestToken(site, { ...application, clientSecret: 'insiders_secret_wrong' }, { grant_type: 'password' });
      await callApi(site, tokens.access_token, '/api/v1/devices/999999999/');
      later(36_001);
      await callApi(site, tokens.access_token);
      const listed = await eventually(async () => {
        const text = textOf((await browser.send(path('errors/'))).html);
        return text.includes('The access token has expired.') ? text : undefined;
      });
      expect(listed).toContain('The client secret is wrong.');
      expect(listed).toContain('It does not exist, or not for this user.');
      expect(listed).not.toContain('insiders_secret_wrong');
    });
  });

  describe('the sandbox', () => {
    it('works at once, for its made-up manager and for nobody else', async () => {
      const { application, testUser } = await newSandbox(site, await loggedIn(await newPerson(site)));
      const tokens = await obtainTokens(site, application, testUser);
      const devices = await callApi(site, tokens.access_token);
      expect(devices.body.count).toBe(3);
      expect((await callApi(site, tokens.access_token, '/api/v1/devices/')).body.count).toBe(4);

      const someone = await loggedIn(await newPerson(site));
      const told = await someone.open(authorizeUrl(application));
      expect([told.status, textOf(told.html).includes('This is a sandbox')]).toEqual([403, true]);
    });

    it('takes 60 API requests in a minute', async () => {
      const legacy = { grantType: 'password', passwordReason: 'Legacy', callbacks: '' };
      const { application, testUser } = await newSandbox(site, await loggedIn(await newPerson(site)), legacy);
      const answer = await logInByPassword(site, application, testUser);
      const token = String(answer.body.access_token);
      const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await callApi(site, token)).status));
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5);
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(60);
    });
  });

  it('ends all users of an application after its client id was typed', async () => {
    const { application, browser, path } = await owned();
    const tokens = await obtainTokens(site, application, await newPerson(site));
    const target = path('disconnect-all/');
    const form = await browser.open(target);
    expect((await browser.press(form, target, { typed: 'something else' })).status).toBe(400);
    expect((await callApi(site, tokens.access_token)).status).toBe(200);
    await browser.submit(form, target, { typed: application.clientId });
    expect((await callApi(site, tokens.access_token)).status).toBe(401);
  });

  it('changes callbacks, and says what is wrong with them', async () => {
    const { application, browser, path } = await owned();
    const target = path('callbacks/');
    const form = await browser.open(target);
    const wrong = await browser.press(form, target, { callbacks: 'javascript:alert(1)' });
    expect(wrong.status).toBe(400);
    await browser.submit(form, target, { callbacks: 'https://ams.example/new/\nhttps://ams.example/other/' });
    const changed = await site.store.applications.findByClientId(application.clientId);
    expect(changed?.application.redirectUris).toEqual(['https://ams.example/new/', 'https://ams.example/other/']);
    const history = await browser.open(path('history/'));
    expect(textOf(history.html)).toContain('Callbacks changed');
  });

  it('tells in its history what was done, in the words of the audit log of the console', async () => {
    const { application, browser, path } = await owned();
    const secret = shownSecret(await browser.submit(await browser.open(path('secrets/')), path('secrets/')));
    const form = await browser.open(path('members/'));
    await browser.submit(form, path('members/'), { act: 'invite', email: 'carl@club.example' });
    await browser.submit(await browser.open(path('grant-type/')), path('grant-type/'), { reason: 'A legacy client.' });
    const staff = await loggedIn(await newPerson(site, { administratorRole: 'auditor' }));
    for (const { html } of [
      await browser.open(path('history/')),
      await staff.open(`/admin/audit/?subject=${application.clientId}`),
    ]) {
      const lines = html.split(/<\/?li[^>]*>/).map(textOf);
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
