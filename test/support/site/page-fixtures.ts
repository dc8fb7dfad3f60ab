/** One record of each kind that a path of the sitemap can name. */
import { systemRandom } from '../../../src/system/random.ts';
import { obtainTokens } from '../oauth.ts';
import { newApplication, newDevice, type TestApplication, type TestUser } from './fixtures.ts';
import { HttpBrowser } from './http-browser.ts';
import { registrationIdOf, submitRegistration } from './registration.ts';

type Site = Parameters<typeof newApplication>[0] & { readonly url: string };

/** Paths whose response is not an HTML page. */
export const notPages: readonly string[] = ['/developer/check-callbacks/', '/admin/audit/export/'];

/** The records for all segments of paths; one user owns or may open all of them. */
export interface PageFixtures {
  readonly application: TestApplication;
  /** The value of each segment, for example `device`. */
  readonly segments: Readonly<Record<string, string>>;
  /** A path of the sitemap with its segments filled in. */
  readonly fill: (path: string) => string;
}

/** Creates one record of each kind for `person`, who may be a user or an administrator. */
export async function newPageFixtures(site: Site, person: TestUser): Promise<PageFixtures> {
  const { store } = site;
  const application = await newApplication(site, { name: 'World AMS' });
  const now = Date.now();
  const event = { at: now, actor: { kind: 'command-line' }, action: 'test', subject: 'test' } as const;
  const record = { event, mails: [{ to: person.email, subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }] };
  await store.members.add({ applicationId: application.id, userId: person.id, role: 'owner', now, record });
  await obtainTokens(site, application, person);
  const [connected] = await store.authorizations.listConnected(person.id);
  const secrets = await store.secrets.list(application.id, now);
  const requestId = crypto.randomUUID();
  const refused = { applicationId: application.id, at: now, requestId, endpoint: 'authorize', status: 400 } as const;
  const cause = { error: 'invalid_request', cause: 'redirect_uri_mismatch', expected: [application.redirectUri] };
  await store.refusedRequests.append([{ ...refused, ...cause, received: application.redirectUri.slice(0, -1) }], 10);
  const browser = new HttpBrowser(site.url);
  await browser.logIn(person);
  const registration = registrationIdOf(await submitRegistration(browser));
  const sandboxId = (await store.registrations.find(registration, 'platform'))?.sandboxId ?? '';
  const sandbox = await store.applications.find(sandboxId);
  const device = await newDevice(site, person);
  const importId = systemRandom.text(16);
  const devices = [{ serialNumber: `L${importId.replace(/[^A-Za-z0-9]/g, '')}`, deviceName: '00112233aabb' }];
  await store.devices.stage({ importId, createdBy: person.id, devices, now });
  const { rows: mails } = await store.mails.list({ limit: 1 });
  const segments: Record<string, string> = {
    authorization: connected?.authorization.id ?? '',
    code: 'invalid_grant',
    registration,
    application: application.clientId,
    secret: secrets[0]?.id ?? '',
    request: requestId,
    user: String(person.id),
    device: String(device.id),
    list: importId,
    mail: String(mails[0]?.id ?? ''),
  };
  const fill = (path: string) =>
    path.replace(/:([a-z]+)/g, (_, name: string) => {
      const isSandbox = name === 'application' && path.endsWith('/sandbox/');
      const value = isSandbox ? sandbox?.clientId : segments[name];
      if (!value) throw new Error(`There is no record for the segment ${name} of ${path}`);
      return value;
    });
  return { application, segments, fill };
}
