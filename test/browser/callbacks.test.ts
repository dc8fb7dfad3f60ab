import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { authorizeUrl } from '../support/oauth.ts';
import { startCallback, useBrowser } from '../support/site/browser.ts';
import { newApplication, newUser } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

describe('the redirect from the consent page to the callback of an application', () => {
  const site = newTestServer();
  const browser = useBrowser();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  // The form-action of the Content-Security-Policy also applies to redirects after a form. Only a browser enforces it.
  it.each<readonly [host: string, address: string]>([
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', '127.0.0.1'],
    ...(hasIpv6 ? [['[::1]', '::1'] as const] : []),
  ])('reaches %s', async (host, address) => {
    const callback = await startCallback(address, host);
    onTestFinished(() => callback.close());
    const application = await newApplication(site, { redirectUris: [callback.url] });
    const person = await newUser(site);
    const { page, complaints, close } = await browser.open();
    await page.goto(site.url + authorizeUrl(application));
    await page.fill('[name=email]', person.email);
    await page.fill('[name=password]', person.password);
    await page.press('[name=password]', 'Enter');
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.waitForURL(`${callback.url}?code=*`);
    expect(complaints).toEqual([]);
    await close();
  });
});
