/** Registering an application in the portal: the form, the secrets that pages show once, and the sandbox. */
import type { Store } from '../../../src/ports/store/index.ts';
import type { TestApplication, TestUser } from './fixtures.ts';
import { type HttpBrowser, type Page, visibleText } from './http-browser.ts';
import { registerSecret } from './secrets.ts';

/** Valid values for all fields of the registration form. */
export const validAnswers: Readonly<Record<string, string>> = {
  productName: 'Peak Planner',
  website: 'https://peak.example',
  purpose: 'Shows the training load of a team.\nCoaches plan with it.',
  organisation: 'Peak Analytics',
  country: 'CH',
  dataViewers: 'Athletes and the coaches of their team',
  expectedUsers: '250',
  storage: 'Zurich, encrypted',
  deletion: 'Thirty days after an account ends',
  privacyPolicy: 'https://peak.example/privacy',
  technicalName: 'Tina Tech',
  technicalEmail: 'tina@peak.example',
  legalName: 'Lea Legal',
  legalEmail: 'lea@peak.example',
  grantType: 'authorization_code',
  passwordReason: '',
  kind: 'server',
  callbacks: 'https://ams.example/callback/',
};

/** Submits the form; returns the page of the registration. */
export async function submitRegistration(
  browser: HttpBrowser,
  answers: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const form = await browser.open('/developer/register/');
  return browser.submit(form, '/developer/register/', { ...validAnswers, ...answers, act: 'submit' });
}

/** The ID of the registration in the path of its page. */
export function registrationIdOf(page: Page): string {
  const id = /\/registrations\/([A-Za-z0-9_-]+)\//.exec(page.url.pathname)?.[1];
  if (id === undefined)
    throw new Error(`${page.url} is not a registration (${page.status}): ${visibleText(page.html)}`);
  return id;
}

/** The secret or password in the code block of a page that shows it once. */
export function shownSecret(page: Page): string {
  const secret = /<code>([^<]+)<\/code>/.exec(page.html)?.[1];
  if (secret === undefined) throw new Error(`${page.url} (${page.status}) shows no secret: ${visibleText(page.html)}`);
  registerSecret(secret);
  return secret;
}

/** Submits a registration, and returns its sandbox with a client secret and the test user with a password. */
export async function newSandbox(
  { store }: { readonly store: Store },
  browser: HttpBrowser,
  answers: Readonly<Record<string, string>> = {},
): Promise<{ readonly application: TestApplication; readonly testUser: TestUser; readonly path: string }> {
  const registration = await store.registrations.find(
    registrationIdOf(await submitRegistration(browser, answers)),
    'platform',
  );
  const found = await store.applications.find(registration?.sandboxId ?? '');
  if (found === undefined) throw new Error('The registration has no sandbox');
  const path = `/developer/applications/${found.clientId}/`;
  const clientSecret = shownSecret(await browser.submit(await browser.open(`${path}secrets/`), `${path}secrets/`));
  const page = await browser.open(`${path}sandbox/`);
  const email = /manager-\S+@sandbox\.example/.exec(visibleText(page.html))?.[0] ?? '';
  const password = shownSecret(await browser.submit(page, `${path}sandbox/`));
  const { id, clientId, name, redirectUris } = found;
  const application = { id, clientId, clientSecret, name, redirectUri: redirectUris[0] ?? '' };
  return { application, testUser: { id: found.sandboxUserId ?? 0, email, password }, path };
}
