import { describe, expect, it } from 'vitest';
import { Browser, formTo, textOf } from '../../support/client.ts';
import { newPerson, unique } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';

const session = 'insiders_session';

onEachSite((site) => {
  describe('signing up', () => {
    const person = () => ({
      first_name: 'Nina',
      last_name: 'Neu',
      email: `nina.${unique()}@club.example`,
      password: 'three words together',
    });

    it('makes the account and logs in under a new identifier', async () => {
      const browser = new Browser(site.url);
      browser.cookies.set(session, 'B'.repeat(43));
      const wanted = person();
      const done = await browser.submit(await browser.open('/signup/'), '/signup/', wanted);
      expect([done.url.pathname, textOf(done.html).includes(wanted.email)]).toEqual(['/account/', true]);
      expect(browser.cookies.get(session)).not.toBe('B'.repeat(43));
    });

    it('finds that an address is taken, however it is written', async () => {
      const existing = await newPerson(site);
      for (const email of [existing.email, existing.email.toUpperCase(), ` ${existing.email} `]) {
        const browser = new Browser(site.url);
        const page = await browser.submit(await browser.open('/signup/'), '/signup/', { ...person(), email });
        expect(page.status).toBe(400);
        expect(textOf(page.html)).toContain('There is an account with this e-mail address already');
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
    ])('says what is wrong with %s, and keeps the rest', async (_name, wrong, text) => {
      const browser = new Browser(site.url);
      const wanted = { ...person(), ...wrong };
      const page = await browser.submit(await browser.open('/signup/'), '/signup/', wanted);
      expect(page.status).toBe(400);
      expect(textOf(page.html)).toContain(text);
      expect(formTo(page, '/signup/').fields).toMatchObject({ last_name: 'Neu', email: wanted.email, password: '' });
      expect(browser.cookies.has(session)).toBe(false);
    });

    it('takes a long password as a whole', async () => {
      const browser = new Browser(site.url);
      const wanted = { ...person(), password: `${'ä'.repeat(200)} ${unique()}` };
      await browser.submit(await browser.open('/signup/'), '/signup/', wanted);
      const cut = { ...wanted, password: wanted.password.slice(0, 150) };
      expect((await new Browser(site.url).logIn(cut)).status).toBe(400);
      expect((await new Browser(site.url).logIn(wanted)).url.pathname).toBe('/account/');
    });
  });
});
