import type { Config } from '../../config/load.ts';
import { Problem } from '../../http/problem.ts';
import type { Page } from '../page.ts';
import { DocumentView } from './document-view.tsx';
import type { Documentation } from './documentation.ts';
import { readSources } from './files.ts';
import { ownOf } from './reader.ts';
import { mostCharacters } from './search/search-limits.ts';
import { SearchView } from './search/search-view.tsx';
import { addressOf } from './source.ts';

const made = new WeakMap<Config, Promise<Documentation>>();

/**
 * The documentation of a server. It is rendered at the first request, and its code is loaded only then: a server that
 * only programs call starts faster and uses less memory. Rejects, naming the page, if one can't be rendered.
 */
export function documentationFor(config: Config): Promise<Documentation> {
  const known = made.get(config) ?? import('./documentation.ts').then((module) => module.createDocumentation(config));
  made.set(config, known);
  return known;
}

/** `/docs/` and `/docs/{page}/`: one for each file of `docs/site/`. */
export const documentPages: readonly Page[] = readSources().map(({ name }) => ({
  path: addressOf(name),
  guard: 'anyone',
  get: async (request) => {
    const { services, shell } = request;
    const { sections, pageFor } = await documentationFor(services.config);
    const own = await ownOf(request);
    const page = pageFor(name, own.reader);
    if (page === undefined) throw new Problem(404, 'not_found', 'There is no such page');
    return { kind: 'page', view: <DocumentView shell={shell} sections={sections} page={page} own={own} /> };
  },
}));

/** `/docs/search/?q=` */
export const searchPage: Page = {
  path: '/docs/search/',
  guard: 'anyone',
  get: async ({ services, shell, query }) => {
    const { sections, search } = await documentationFor(services.config);
    const text = (query.get('q') ?? '').slice(0, mostCharacters).trim();
    return { kind: 'page', view: <SearchView shell={shell} sections={sections} query={text} hits={search(text)} /> };
  },
};
