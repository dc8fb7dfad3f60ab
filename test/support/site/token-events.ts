/** Causes the events whose effect on tokens the documentation states. */
import type { RevocationEventId } from '../../../src/pages/docs/revocation-effects.ts';
import { testChangeRecord } from '../database/change-records.ts';
import { logInByPassword, obtainCode, redeem, refresh, revoke, type Tokens, tokensOf } from '../oauth.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from './fixtures.ts';
import { HttpBrowser } from './http-browser.ts';
import { shownSecret } from './registration.ts';
import type { TestServer } from './site.ts';
import { advanceClock } from './time.ts';

/** Tokens that were issued before the event. */
export interface Issued {
  readonly application: TestApplication;
  readonly person: TestUser;
  readonly tokens: Tokens;
}

/** Issues tokens and causes the event, by its ID in the documentation. Returns the tokens. */
export function tokenEvents(site: TestServer): Readonly<Record<RevocationEventId, () => Promise<Issued>>> {
  async function byPassword(): Promise<Issued> {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    return { application, person, tokens: tokensOf(await logInByPassword(site, application, person)) };
  }

  async function byCode(
    overrides: Parameters<typeof newApplication>[1] = {},
  ): Promise<Issued & { readonly code: string }> {
    const [application, person] = [await newApplication(site, overrides), await newUser(site)];
    const code = await obtainCode(site, application, person);
    return { application, person, code, tokens: tokensOf(await redeem(site, application, code)) };
  }

  async function browserOf(person: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return browser;
  }

  async function changePassword(issued: Issued): Promise<Issued> {
    const browser = await browserOf(issued.person);
    const path = '/account/password/';
    const form = await browser.open(path);
    const changed = `correct horse ${issued.person.id} battery`;
    const done = await browser.press(form, path, {
      current_password: issued.person.password,
      new_password: changed,
    });
    if (done.status >= 400) throw new Error(`The password was not changed: ${done.status}`);
    return issued;
  }

  async function suspend(issued: Issued, then: 'suspended' | 'active'): Promise<Issued> {
    await site.store.applications.setStatus(issued.application.clientId, 'suspended', testChangeRecord);
    await site.store.applications.setStatus(issued.application.clientId, then, testChangeRecord);
    return issued;
  }

  return {
    access_token_revoked: async () => {
      const issued = await byPassword();
      await revoke(site, issued.application, issued.tokens.access_token);
      return issued;
    },
    refresh_token_revoked: async () => {
      const issued = await byPassword();
      await revoke(site, issued.application, issued.tokens.refresh_token);
      return issued;
    },
    disconnected: async () => {
      const issued = await byPassword();
      const browser = await browserOf(issued.person);
      const [connected] = await site.store.authorizations.listConnected(issued.person.id);
      const path = `/account/applications/${connected?.authorization.id}/disconnect/`;
      await browser.submit(await browser.open(path), path);
      return issued;
    },
    password_changed: async () => changePassword(await byPassword()),
    password_changed_after_consent: async () => changePassword(await byCode()),
    logged_out: async () => {
      const issued = await byCode();
      const browser = await browserOf(issued.person);
      await browser.submit(await browser.open('/logout/'), '/logout/');
      return issued;
    },
    code_replayed: async () => {
      const issued = await byCode();
      await redeem(site, issued.application, issued.code);
      return issued;
    },
    refresh_token_replayed: async () => {
      const issued = await byCode({ refreshPolicy: 'rotate' });
      const tokens = tokensOf(await refresh(site, issued.application, issued.tokens.refresh_token));
      advanceClock(3600);
      await refresh(site, issued.application, issued.tokens.refresh_token);
      return { ...issued, tokens };
    },
    suspended: async () => suspend(await byPassword(), 'suspended'),
    resumed: async () => suspend(await byPassword(), 'active'),
    secret_replaced: async () => {
      const issued = await byPassword();
      const { id, clientId } = issued.application;
      const now = Date.now();
      const event = { at: now, actor: { kind: 'command-line' as const }, action: 'test', subject: `application:${id}` };
      await site.store.members.add({
        applicationId: id,
        userId: issued.person.id,
        role: 'owner',
        now,
        record: { event },
      });
      const browser = await browserOf(issued.person);
      const path = `/developer/applications/${clientId}/secrets/`;
      const clientSecret = shownSecret(await browser.submit(await browser.open(path), path));
      const [old] = await site.store.secrets.list(id, now);
      await site.store.secrets.revoke({ clientId, secretId: old?.id ?? '', when: now, now, record: { event } });
      return { ...issued, application: { ...issued.application, clientSecret } };
    },
    grant_type_switched: async () => {
      const issued = await byCode();
      await site.store.applications.setGrantType(issued.application.clientId, 'password', testChangeRecord);
      return issued;
    },
  };
}
