import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTestServer } from '../../support/site/site.ts';

const path = '/.well-known/security.txt';
const securityContact = 'mailto:security@example.com';
const dayMs = 86_400_000;

/** The fields of a file by their names. */
function fieldsOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => line.split(/: (.*)/, 2)));
}

describe('security.txt of a server with a contact', () => {
  const site = newTestServer({ securityContact, publicUrl: 'https://insiders.example' });
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('has the contact, and links to itself and to the policy', async () => {
    const response = await fetch(site.listensAt + path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(fieldsOf(await response.text())).toEqual({
      Contact: securityContact,
      Expires: expect.any(String),
      'Preferred-Languages': 'en',
      Canonical: `https://insiders.example${path}`,
      Policy: 'https://insiders.example/docs/security/#report-a-vulnerability',
    });
  });

  it('expires in months, and in less than a year', async () => {
    const { Expires = '' } = fieldsOf(await (await fetch(site.listensAt + path)).text());
    expect(Expires).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/);
    const days = (Date.parse(Expires) - Date.now()) / dayMs;
    expect(days).toBeGreaterThan(90);
    expect(days).toBeLessThan(365);
  });

  it('has a policy that exists', async () => {
    const page = await (await fetch(`${site.listensAt}/docs/security/`)).text();
    expect(page).toContain('id="report-a-vulnerability"');
  });

  it('accepts only GET', async () => {
    const response = await fetch(site.listensAt + path, { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('security.txt of a server on http', () => {
  const site = newTestServer({ securityContact });
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('has no links, because RFC 9116 forbids http', async () => {
    const fields = fieldsOf(await (await fetch(site.url + path)).text());
    expect(Object.keys(fields)).toEqual(['Contact', 'Expires', 'Preferred-Languages']);
  });
});

describe('security.txt of a server without a contact', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('does not exist', async () => {
    expect((await fetch(site.url + path)).status).toBe(404);
  });
});
