import { systemRandom } from '../../src/system/random.ts';
import { Browser } from './client.ts';
import { obtainTokens } from './oauth.ts';
import { newApplication, newDevice, type Person, type TestApplication } from './people.ts';
import { registrationIdOf, submitRegistration } from './registration.ts';

type Site = Parameters<typeof newApplication>[0] & { readonly url: string };

/** Addresses that answer with something else than a page. */
export const notPages: readonly string[] = ['/developer/check-callbacks/', '/admin/audit/export/'];

/** One of each thing that an address of the site can name, around one person who has or runs all of it. */
export interface World {
  readonly application: TestApplication;
  readonly segments: Readonly<Record<string, string>>;
  /** A path of the sitemap with its segments filled in. */
  readonly fill: (path: string) => string;
}

/** Makes it; `person` is a plain manager, or one of the staff. */
export async function newWorld(site: Site, person: Person): Promise<World> {
  const { store } = site;
  const application = await newApplication(site, { name: 'World AMS' });
  const now = Date.now();
  const event = { at: now, actor: { kind: 'command-line' }, action: 'test', subject: 'test' } as const;
  const note = { event, mails: [{ to: person.email, subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }] };
  await store.members.add({ applicationId: application.id, userId: person.id, role: 'owner', now, record: note });
  await obtainTokens(site, application, person);
  const [connected] = await store.authorizations.listConnected(person.id);
  const secrets = await store.secrets.list(application.id, now);
  const requestId = crypto.randomUUID();
  const refusal = { applicationId: application.id, at: now, requestId, endpoint: 'authorize', status: 400 } as const;
  const cause = { error: 'invalid_request', cause: 'redirect_uri_mismatch', expected: [application.redirectUri] };
  await store.refusedRequests.append([{ ...refusal, ...cause, received: application.redirectUri.slice(0, -1) }], 10);
  const browser = new Browser(site.url);
  await browser.logIn(person);
  const registration = registrationIdOf(await submitRegistration(browser));
  const sandboxId = (await store.registrations.find(registration, 'platform'))?.sandboxId ?? '';
  const sandbox = await store.applications.find(sandboxId);
  const device = await newDevice(site, person);
  const list = systemRandom.text(16);
  const devices = [{ serialNumber: `L${list.replace(/[^A-Za-z0-9]/g, '')}`, deviceName: '00112233aabb' }];
  await store.devices.stage({ importId: list, createdBy: person.id, devices, now });
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
    list,
    mail: String(mails[0]?.id ?? ''),
  };
  const fill = (path: string) =>
    path.replace(/:([a-z]+)/g, (_, name: string) => {
      const isSandbox = name === 'application' && path.endsWith('/sandbox/');
      const value = isSandbox ? sandbox?.clientId : segments[name];
      if (!value) throw new Error(`Nothing in the world of the tests is called ${name}: ${path}`);
      return value;
    });
  return { application, segments, fill };
}
