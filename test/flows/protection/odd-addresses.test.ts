import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniqueText } from '../../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { newTestServer } from '../../support/site/site.ts';

describe('an account is created for', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());
  const password = 'three words together';

  async function signUp(email: string) {
    const browser = new HttpBrowser(site.url);
    const fields = { first_name: 'Nina', last_name: 'Neu', email, password };
    return browser.submit(await browser.open('/signup/'), '/signup/', fields);
  }

  it.each([
    ['a domain that ends with a dot', 'club.example.'],
    ['a domain without a dot', 'localhost'],
    ['an IPv4 address', '127.0.0.1'],
    ['a short IPv4 address', '127.1'],
    ['a hexadecimal IPv4 address', '0x7f.0x1'],
    ['an IPv6 address', '[::1]'],
    ['a port', 'club.example:25'],
    ['a path', 'club.example/x'],
    ['an encoded dot', 'club%2eexample'],
    ['a second @', 'evil.example@club.example'],
    ['a list', 'club.example,nina@evil.example'],
    ['a line end', 'club.example\r\nBcc: nina@evil.example'],
    ['a name around it', 'club.example> <nina@evil.example'],
    ['full-width letters', '\uff43lub.example'],
    ['a soft hyphen', 'cl\u00adub.example'],
    ['Latin and Cyrillic letters', '\u0441lub.example'],
    ['an A-label that stands for nothing', 'xn--.example'],
    ['a label of 64 letters', `${'a'.repeat(64)}.example`],
  ])('nobody whose domain has %s', async (_what, domain) => {
    const before = await site.store.users.count();
    const page = await signUp(`nina@${domain}`);
    expect([page.status, visibleText(page.html).includes('not an e-mail address')]).toEqual([400, true]);
    expect(await site.store.users.count()).toBe(before);
  });

  it('one person if two spellings of a domain are equal', async () => {
    const name = `nina.${uniqueText()}`;
    expect((await signUp(`${name}@Bücher.example`)).url.pathname).toBe('/account/');
    for (const domain of [
      'bücher.example',
      'xn--bcher-kva.example',
      'XN--BCHER-KVA.example',
      'bu\u0308cher.EXAMPLE',
      'bücher\u3002example',
    ]) {
      const page = await signUp(`${name}@${domain}`);
      expect([domain, page.status]).toEqual([domain, 400]);
      expect(visibleText(page.html)).toContain('There is an account with this e-mail address already');
      const response = await new HttpBrowser(site.url).logIn({ email: `${name}@${domain}`, password });
      expect(response.url.pathname).toBe('/account/');
    }
  });
});
