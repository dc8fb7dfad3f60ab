import { describe, expect, it } from 'vitest';
import { HttpBrowser } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: object;
}

onEachEngine((site) => {
  describe('the API reference', () => {
    it('has every operation of the OpenAPI document, with its ID as the anchor', async () => {
      const document = (await (await fetch(`${site.url}/api/v1/openapi.json`)).json()) as Document;
      const { status, html } = await new HttpBrowser(site.url).open('/docs/api/');
      expect(status).toBe(200);
      const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
      );
      expect(operations.length).toBeGreaterThan(0);
      for (const { path, method, operationId, parameters = [], responses } of operations) {
        const section = sectionOf(html, operationId);
        expect(html).toContain(`href="#${operationId}"`);
        expect(section).toContain(`>${method.toUpperCase()}</span>`);
        expect(section).toContain(`<code>${path}</code>`);
        for (const { name, in: where } of parameters) expect(section).toContain(`id="${operationId}-${where}-${name}"`);
        for (const response of Object.keys(responses)) expect(section).toContain(`>${response}<`);
        expect(section).toContain(document.servers[0]?.url);
      }
    });

    it('links to the OpenAPI document, and to a page that obtains a token', async () => {
      const browser = new HttpBrowser(site.url);
      const { html } = await browser.open('/docs/api/');
      for (const path of ['/api/v1/openapi.json', '/docs/run-the-flow/', '/docs/errors/']) {
        expect(html).toContain(`href="${path}"`);
        expect((await browser.send(path)).status).toBe(200);
      }
    });

    it('does not exist at other paths', async () => {
      expect((await new HttpBrowser(site.url).send('/docs/api/listDevices/')).status).toBe(404);
    });
  });
});

function sectionOf(html: string, id: string): string {
  const start = html.indexOf(`id="${id}"`);
  expect([id, start > 0]).toEqual([id, true]);
  return html.slice(start, html.indexOf('</section>', start));
}
