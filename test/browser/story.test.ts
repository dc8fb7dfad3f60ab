import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeUrl, callApi, obtainTokens, requestToken, tokensOf } from '../support/oauth.ts';
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from '../support/site/browser.ts';
import {
  newApplication,
  newDevice,
  newUser,
  type TestUser,
  testCallback,
  uniqueText,
} from '../support/site/fixtures.ts';
import { validAnswers } from '../support/site/registration.ts';
import { newTestServer } from '../support/site/site.ts';

const site = newTestServer();
const browser = useBrowser();
beforeAll(() => site.start());
afterAll(() => site.stop());

async function openAs(person: TestUser, width: number) {
  const window = await browser.open({ viewport: { width, height: 900 } });
  const { page } = window;
  await page.goto(`${site.url}/login/`);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/account/');
  return window;
}

async function expectGoodLayout(page: Page, name: string): Promise<void> {
  await expectAccessible(page, name);
  await expectNoSidewaysScroll(page, name);
}

const labels: Readonly<Record<string, string>> = {
  productName: 'Name of the product',
  website: 'Website',
  purpose: 'What it does with the data',
  organisation: 'Organisation',
  dataViewers: 'Who will see the data',
  expectedUsers: 'Expected number of users',
  storage: 'Where the data is stored',
  deletion: 'When it is deleted',
  privacyPolicy: 'Privacy policy',
  technicalName: 'Technical contact: name',
  technicalEmail: 'Technical contact: e-mail address',
  legalName: 'Legal contact: name',
  legalEmail: 'Legal contact: e-mail address',
};

async function fillForm(page: Page, productName: string): Promise<void> {
  for (const [field, label] of Object.entries(labels)) {
    await page
      .getByLabel(label, { exact: true })
      .fill(field === 'productName' ? productName : (validAnswers[field] ?? ''));
  }
  await page.getByLabel('Country').selectOption('CH');
  await page.getByLabel('Authorization Code').check();
}

describe.each([390, 1280])('a registration from the form to the first token, %i px wide', (width) => {
  it('is approved after a question and a reply, seen from both sides', async () => {
    const [applicant, administrator] = [
      await newUser(site),
      await newUser(site, { administratorRole: 'administrator' }),
    ];
    const [portalWindow, consoleWindow] = [await openAs(applicant, width), await openAs(administrator, width)];
    const product = `Peak Planner ${uniqueText()}`;

    await portalWindow.page.getByRole('link', { name: 'Developer' }).click();
    await portalWindow.page.getByRole('link', { name: 'Register an application' }).click();
    await fillForm(portalWindow.page, product);
    const callbacks = portalWindow.page.getByLabel('Callback URLs');
    await callbacks.fill('http://ams.example/callback/');
    await portalWindow.page.getByText('everywhere else use https://').waitFor();
    await callbacks.fill(testCallback);
    await portalWindow.page.getByText('can be registered').waitFor();
    await portalWindow.page.getByRole('button', { name: 'Save the draft' }).click();
    await portalWindow.page.getByText('The draft is saved.').waitFor();
    await portalWindow.page.getByRole('button', { name: 'Submit' }).click();
    await portalWindow.page.getByText('Your registration is in the queue.').waitFor();
    await expectGoodLayout(portalWindow.page, 'submitted');

    await consoleWindow.page.getByRole('link', { name: 'Console' }).click();
    await consoleWindow.page.getByRole('navigation', { name: 'Console' }).getByText('Registrations').click();
    await consoleWindow.page.getByRole('link', { name: product }).click();
    await consoleWindow.page.getByLabel('Ask for information').check();
    await consoleWindow.page.getByLabel('About').selectOption('storage');
    await consoleWindow.page.getByLabel('Text').fill('Which provider is it?');
    await consoleWindow.page.getByRole('button', { name: 'Send' }).click();
    await consoleWindow.page.getByText('It was sent to the applicant.').waitFor();
    await expectGoodLayout(consoleWindow.page, 'asked');

    await portalWindow.page.reload();
    await portalWindow.page.getByText('Which provider is it?').waitFor();
    await expectGoodLayout(portalWindow.page, 'question');
    await portalWindow.page.getByLabel('Your reply').fill('It is Exoscale, in Zurich.');
    await portalWindow.page.getByRole('button', { name: 'Send' }).click();
    await portalWindow.page.getByText('Your reply was sent.').waitFor();

    await consoleWindow.page.reload();
    await consoleWindow.page.getByText('It is Exoscale, in Zurich.').waitFor();
    await consoleWindow.page.getByRole('link', { name: 'Approve' }).click();
    await expectGoodLayout(consoleWindow.page, 'approve');
    await consoleWindow.page.getByRole('button', { name: 'Approve' }).click();
    await consoleWindow.page.getByRole('link', { name: 'The application that was created' }).waitFor();

    await portalWindow.page.reload();
    await portalWindow.page.getByRole('link', { name: 'Open the application' }).click();
    await portalWindow.page.getByRole('button', { name: 'Create secret' }).click();
    await portalWindow.page.getByText('Copy it now').waitFor();
    await expectGoodLayout(portalWindow.page, 'secret');
    const clientSecret = (await portalWindow.page.locator('pre code').textContent()) ?? '';
    await portalWindow.page.getByRole('link', { name: 'I have stored it' }).click();
    expect(await portalWindow.page.content()).not.toContain(clientSecret);
    const clientId = /applications\/(insiders_app_[^/]+)/.exec(portalWindow.page.url())?.[1] ?? '';

    const application = { id: '', clientId, clientSecret, redirectUri: testCallback, name: product };
    const user = await openAs(await newUser(site), width);
    await user.page.goto(site.url + authorizeUrl(application, { state: 's' }));
    // No server listens at the callback: only the request of the browser counts.
    const [callbackRequest] = await Promise.all([
      user.page.waitForRequest((request) => request.url().startsWith(testCallback)),
      user.page.getByRole('button', { name: 'Authorize' }).click(),
    ]);
    const code = new URL(callbackRequest.url()).searchParams.get('code') ?? '';
    const grant = { grant_type: 'authorization_code', code, redirect_uri: testCallback };
    const tokens = tokensOf(await requestToken(site, application, grant));
    expect((await callApi(site, tokens.access_token)).status).toBe(200);

    await user.close();
    for (const { complaints, close } of [portalWindow, consoleWindow]) {
      expect(complaints).toEqual([]);
      await close();
    }
  }, 60_000);
});

describe('the actions of the console', () => {
  let window: Awaited<ReturnType<typeof openAs>>;
  beforeAll(async () => {
    window = await openAs(await newUser(site, { administratorRole: 'administrator' }), 1280);
  });
  afterAll(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
  });

  /** Opens a page, follows the link of an action, confirms it, and expects `notice`. */
  async function act(
    at: string,
    link: string,
    button: string,
    notice: string,
    fill?: (page: Page) => Promise<unknown>,
  ) {
    const { page } = window;
    await page.goto(site.url + at);
    await page.getByRole('link', { name: link, exact: true }).click();
    await fill?.(page);
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByText(notice).waitFor();
  }

  it('change an application', async () => {
    const [application, owner] = [await newApplication(site), await newUser(site)];
    await obtainTokens(site, application, await newUser(site));
    const at = `/admin/applications/${application.clientId}/`;
    await act(at, 'Suspend', 'Suspend', 'The application is suspended.');
    await act(at, 'Resume', 'Resume', 'The application works again.');
    await act(at, 'Policy', 'Save', 'The policy is saved.');
    await act(at, 'Appoint an owner', 'Appoint an owner', 'The owner was appointed.', (page) =>
      page.getByLabel('E-mail address of the account').fill(owner.email),
    );
    await act(at, 'Grant type', 'Switch', 'The grant type was changed.');
    await act(at, 'Grant type', 'Take the last change back', 'The change was taken back.');
    await act(at, 'Disconnect all users', 'Disconnect all users', 'All users were disconnected.', (page) =>
      page.getByLabel('Type the client ID to go on').fill(application.clientId),
    );
    await act(
      at,
      `Revoke …${(application.clientSecret ?? '').slice(-4)}`,
      'Revoke',
      'The secret is revoked as you chose.',
    );
  }, 60_000);

  it('change a user', async () => {
    const person = await newUser(site);
    const at = `/admin/users/${person.id}/`;
    await act(at, 'Change the role', 'Change the role', 'The role was changed.', (page) =>
      page.getByLabel('Role').selectOption('support'),
    );
    await act(at, 'Log out everywhere', 'Log out everywhere', 'The user was logged out everywhere.');
    await act(at, 'Disconnect all applications', 'Disconnect all applications', 'were disconnected.');
    await act(at, 'Disable', 'Disable', 'The account is disabled.');
    await act(at, 'Enable', 'Enable', 'The account is enabled.');
  }, 60_000);

  it('add devices one by one and from a file, and change an owner', async () => {
    const person = await newUser(site);
    const serial = `B${uniqueText()}`;
    await act('/admin/devices/', 'Add a device', 'Add a device', 'The device was added.', async (page) => {
      await page.getByLabel('Serial number').fill(serial);
      await page.getByLabel('Device name').fill('a1b2c3d4e5f6');
    });
    const device = await newDevice(site, null);
    await act(`/admin/devices/${device.id}/`, 'Change the owner', 'Change the owner', 'was changed.', (page) =>
      page.getByLabel('E-mail address of the owner').fill(person.email),
    );
    const { page } = window;
    await page.goto(`${site.url}/admin/devices/import/`);
    const csv = `serial_number,device_name\n${serial}-1,00112233aabb\n${serial}-2,00112233aabc\n`;
    const file = { name: 'devices.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.getByLabel('File').setInputFiles(file);
    await expect.poll(() => page.getByLabel('The list').inputValue()).toBe(csv);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('2 new devices are registered.').waitFor();
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('2 devices were registered; 0 were known already.').waitFor();
  }, 60_000);

  it('send an email again, and export the audit log', async () => {
    const { page } = window;
    await page.goto(`${site.url}/admin/mails/`);
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('button', { name: 'Try again now' }).click();
    await page.getByText('The mail is due again.').waitFor();
    await page.goto(`${site.url}/admin/audit/`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export all (CSV)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('audit.csv');
  }, 60_000);
});
