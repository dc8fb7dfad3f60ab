import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { callApi, logInByPassword, obtainTokens, refresh, requestToken, tokensOf } from '../../support/oauth.ts';
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };
const invalidClient = { status: 401, body: { error: 'invalid_client' } };

onEachEngine((site) => {
  describe.each(['stable', 'rotate'] as const)('refreshing under the policy %s', (refreshPolicy) => {
    async function setUp() {
      const [application, person] = [await newApplication(site, { refreshPolicy }), await newUser(site)];
      return { application, person, tokens: await obtainTokens(site, application, person) };
    }

    it('requires a refresh token, and accepts no other text', async () => {
      const { application, tokens } = await setUp();
      const missing = await requestToken(site, application, { grant_type: 'refresh_token' });
      expect(missing).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
      const token = tokens.refresh_token;
      const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
      for (const wrong of ['x', tokens.access_token, changed, token.slice(0, -1), `${token}=`, token.toUpperCase()]) {
        expect(await refresh(site, application, wrong)).toMatchObject(invalidGrant);
      }
    });

    it('requires client authentication, and without it changes nothing', async () => {
      const { application, tokens } = await setUp();
      const grant = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
      expect(await requestToken(site, null, grant)).toMatchObject(invalidClient);
      expect(await requestToken(site, null, { ...grant, client_id: application.clientId })).toMatchObject(
        invalidClient,
      );
      const wrong = { ...application, clientSecret: 'wrong' };
      expect(await refresh(site, wrong, tokens.refresh_token)).toMatchObject(invalidClient);
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('is refused to another application, and changes nothing', async () => {
      const { application, tokens } = await setUp();
      const other = await newApplication(site, { refreshPolicy });
      expect(await refresh(site, other, tokens.refresh_token)).toMatchObject(invalidGrant);
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('is refused for a scope that was not granted', async () => {
      const { application, tokens } = await setUp();
      for (const scope of ['admin', 'all admin']) {
        const response = await refresh(site, application, tokens.refresh_token, { scope });
        expect(response).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
      }
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('is refused while the user is disabled', async () => {
      const { application, person, tokens } = await setUp();
      await site.store.users.setDisabled(person.id, Date.now(), testChangeRecord);
      expect(await refresh(site, application, tokens.refresh_token)).toMatchObject(invalidGrant);
      await site.store.users.setDisabled(person.id, null, testChangeRecord);
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('is refused while the application is suspended', async () => {
      const { application, tokens } = await setUp();
      await site.store.applications.setStatus(application.clientId, 'suspended', testChangeRecord);
      expect(await refresh(site, application, tokens.refresh_token)).toMatchObject(invalidClient);
      await site.store.applications.setStatus(application.clientId, 'active', testChangeRecord);
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('is refused once the user disconnected the application', async () => {
      const { application, person, tokens } = await setUp();
      const [connected] = await site.store.authorizations.listConnected(person.id);
      const id = connected?.authorization.id ?? '';
      const now = Date.now();
      await site.store.authorizations.revoke({
        id,
        ownerId: person.id,
        reason: 'disconnected',
        now,
        record: testChangeRecord,
      });
      expect(await refresh(site, application, tokens.refresh_token)).toMatchObject(invalidGrant);
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
    });

    it('is still accepted after a change of the password, if the user consented', async () => {
      const { application, person, tokens } = await setUp();
      const change = {
        userId: person.id,
        passwordEpoch: 0,
        passwordHash: 'another',
        keepSession: null,
        now: Date.now(),
        record: testChangeRecord,
      };
      await site.store.users.changePassword(change);
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });
  });

  describe('a rotated refresh token', () => {
    it('that is reused after the overlap is reported by email to the user and the owners of the application', async () => {
      const [application, person] = [await newApplication(site, { refreshPolicy: 'rotate' }), await newUser(site)];
      const owner = await newUser(site);
      const now = Date.now();
      const event = { at: now, actor: { kind: 'command-line' }, action: 'test', subject: 'test' } as const;
      const joins = { applicationId: application.id, userId: owner.id, role: 'owner', now } as const;
      await site.store.members.add({ ...joins, record: { event } });
      const { refresh_token: first } = await obtainTokens(site, application, person);
      await refresh(site, application, first);
      advanceClock(61);
      expect(await refresh(site, application, first)).toMatchObject(invalidGrant);
      const subjects = async (email: string) =>
        (await site.store.mails.list({ limit: 10, to: email })).rows.map(({ subject }) => subject);
      expect(await subjects(person.email)).toEqual(['Peak Analytics was disconnected from your account']);
      expect(await subjects(owner.email)).toEqual(['A refresh token of Peak Analytics was used twice']);
    });

    it('that is reused after the overlap revokes the whole authorization', async () => {
      const [application, person] = [await newApplication(site, { refreshPolicy: 'rotate' }), await newUser(site)];
      const other = await obtainTokens(site, application, person);
      const first = await obtainTokens(site, application, person);
      const next = tokensOf(await refresh(site, application, first.refresh_token));
      advanceClock(61);
      expect(await refresh(site, application, first.refresh_token)).toMatchObject(invalidGrant);
      expect(await refresh(site, application, next.refresh_token)).toMatchObject(invalidGrant);
      for (const tokens of [first, next, other]) {
        expect((await callApi(site, tokens.access_token)).status).toBe(401);
      }
      expect(await site.store.authorizations.listConnected(person.id)).toEqual([]);
    });

    it('that is two rotations old is refused within the overlap, and revokes the authorization after it', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newUser(site));
      const second = tokensOf(await refresh(site, application, first.refresh_token));
      const third = tokensOf(await refresh(site, application, second.refresh_token));
      expect(await refresh(site, application, first.refresh_token)).toMatchObject(invalidGrant);
      const fourth = tokensOf(await refresh(site, application, third.refresh_token));
      advanceClock(61);
      expect(await refresh(site, application, first.refresh_token)).toMatchObject(invalidGrant);
      expect(await refresh(site, application, fourth.refresh_token)).toMatchObject(invalidGrant);
    });

    it('revokes nothing if another application sends it', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const other = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newUser(site));
      const second = tokensOf(await refresh(site, application, first.refresh_token));
      advanceClock(61);
      expect(await refresh(site, other, first.refresh_token)).toMatchObject(invalidGrant);
      expect((await refresh(site, application, second.refresh_token)).status).toBe(200);
    });
  });

  it('refuses the refresh token of the oldest of 21 logins by password, but not its access token', async () => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const all = [];
    for (let times = 0; times < 21; times += 1) {
      all.push(tokensOf(await logInByPassword(site, application, person)));
      advanceClock(1);
    }
    const [oldest, second] = all;
    expect(await refresh(site, application, oldest?.refresh_token ?? '')).toMatchObject(invalidGrant);
    expect((await callApi(site, oldest?.access_token ?? '')).status).toBe(200);
    expect((await refresh(site, application, second?.refresh_token ?? '')).status).toBe(200);
  });
});
