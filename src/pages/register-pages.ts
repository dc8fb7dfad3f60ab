import type { FastifyInstance } from 'fastify';
import { registerCookies } from '../http/cookies.ts';
import { acceptOnlyForms } from '../http/form-body.ts';
import { LargeBodies } from '../http/large-bodies.ts';
import { writeProblemsWith } from '../http/server.ts';
import type { Services } from '../http/services.ts';
import { registerAssets } from './assets.ts';
import { demoPages, plainTexts, sitemap } from './index.ts';
import { pageProblems } from './problems.tsx';

/** Adds the pages of the sitemap and their assets to a server. */
export function registerPages(server: FastifyInstance, services: Services): void {
  registerAssets(server);
  server.register(async (app) => {
    registerCookies(app);
    acceptOnlyForms(app);
    writeProblemsWith(app, pageProblems(services.config));
    const site = { services, largeBodies: new LargeBodies() };
    const pages = services.config.demo ? [...sitemap, ...demoPages] : sitemap;
    for (const page of [...pages, ...plainTexts]) page.addTo(app, site);
  });
}
