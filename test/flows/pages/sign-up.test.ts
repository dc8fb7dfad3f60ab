import { describe, expect, it } from 'vitest';
import { newUser, uniqueText } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

const session = 'insiders_session';

onEachEngine((site) => {
  describe('signing up', () => {
    const newFields = () => ({
      first_name: 'Nina',
      last_name: 'Neu',
      email: `nina.${uniqueText()}@club.example`,
      password: 'three words together',
    });

    it('creates the account, and logs in with a new session ID', async () => {
      const browser = new HttpBrowser(site.url);
      browser.cookies.set(session, 'B'.repeat(43));
      const fields = newFields();
      const done = await browser.submit(await browser.open('/signup/'), '/signup/', fields);
      expect([done.url.pathname, visibleText(done.html).includes(fields.email)]).toEqual(['/account/', true]);
      expect(browser.cookies.get(session)).not.toBe('B'.repeat(43));
    });

    it('refuses a taken address, in any case and with spaces around it', async () => {
      const existing = await newUser(site);
      for (const email of [existing.email, existing.email.toUpperCase(), ` ${existing.email} `]) {
        const browser = new HttpBrowser(site.url);
        const page = await browser.submit(await browser.open('/signup/'), '/signup/', { ...newFields(), email });
        expect(page.status).toBe(400);
        expect(visibleText(page.html)).toContain('There is an account with this e-mail address already');
        expect(browser.cookies.has(session)).toBe(false);
      }
    });

    it.each([
      ['a short password', { password: '1234567' }, 'at least 8 characters'],
      ['a common password', { password: 'password123' }, 'most common'],
      ['an endless password', { password: 'x'.repeat(257) }, 'more than 256'],
      [
        'the address as password',
        { email: 'same@club.example', password: 'same@club.example' },
        'must not be your e-mail',
      ],
      ['no first name', { first_name: '' }, 'Enter your first name'],
      ['no address', { email: 'nina' }, 'not an e-mail address'],
    ])('refuses %s, and shows the other fields again', async (_name, wrong, text) => {
      const browser = new HttpBrowser(site.url);
      const fields = { ...newFields(), ...wrong };
      const page = await browser.submit(await browser.open('/signup/'), '/signup/', fields);
      expect(page.status).toBe(400);
      expect(visibleText(page.html)).toContain(text);
      expect(formTo(page, '/signup/').fields).toMatchObject({ last_name: 'Neu', email: fields.email, password: '' });
      expect(browser.cookies.has(session)).toBe(false);
    });

    it('compares all characters of a long password', async () => {
      const browser = new HttpBrowser(site.url);
      const fields = { ...newFields(), password: `${'ä'.repeat(200)} ${uniqueText()}` };
      await browser.submit(await browser.open('/signup/'), '/signup/', fields);
      const cut = { ...fields, password: fields.password.slice(0, 150) };
      expect((await new HttpBrowser(site.url).logIn(cut)).status).toBe(400);
      expect((await new HttpBrowser(site.url).logIn(fields)).url.pathname).toBe('/account/');
    });
  });
});
