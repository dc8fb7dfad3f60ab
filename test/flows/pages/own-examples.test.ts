import { describe, expect, it } from 'vitest';
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { HttpBrowser } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  /** A person with a browser, who owns one application for each callback. */
  async function integrator(...callbacks: readonly string[]) {
    const person = await newUser(site);
    const applications = [];
    for (const redirectUri of callbacks) {
      const application = await newApplication(site, { redirectUris: [redirectUri] });
      const now = Date.now();
      const event = { at: now, actor: { kind: 'command-line' }, action: 'test', subject: 'test' } as const;
      const joins = { applicationId: application.id, userId: person.id, role: 'owner', now } as const;
      await site.store.members.add({ ...joins, record: { event } });
      applications.push(application);
    }
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return { browser, applications };
  }

  const page = '/docs/authorization-code/';
  const file = '/docs/examples/python/authorization-code.py';

  describe('the examples', () => {
    it('have the reader’s own client ID and callback, and this server’s URL, on the page and in the file', async () => {
      const { browser, applications } = await integrator('https://ams.example/own/');
      for (const path of [page, file]) {
        const { html } = await browser.open(path);
        expect(html).toContain(applications[0]?.clientId);
        expect(html).toContain('https://ams.example/own/');
        expect(html).toContain(site.url);
        expect(html).not.toContain('YOUR_CLIENT_ID_HERE');
        expect(html).not.toContain(applications[0]?.clientSecret);
      }
    });

    it('can show another application of the reader, and never one of somebody else', async () => {
      const { browser, applications } = await integrator('https://ams.example/1/', 'https://ams.example/2/');
      const second = applications[1]?.clientId ?? '';
      const { html } = await browser.open(`${page}?application=${second}`);
      expect(html).toContain('https://ams.example/2/');
      const stranger = await integrator();
      const foreign = await stranger.browser.open(`${page}?application=${second}`);
      expect(foreign.html).not.toContain('https://ams.example/2/');
      expect(foreign.html).toContain('YOUR_CLIENT_ID_HERE');
    });

    it('never show a callback with characters that have a meaning in a program', async () => {
      const { browser } = await integrator("https://ams.example/$(id)/'/;x/");
      for (const path of [page, file]) expect((await browser.open(path)).html).not.toContain('$(id)');
    });
  });
});
