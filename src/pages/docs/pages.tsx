import type { Config } from '../../config/load.ts';
import { Problem } from '../../http/problem.ts';
import type { Handler, PageRequest, PageResponse } from '../page.ts';
import { DocumentView } from './document-view.tsx';
import type { Documentation } from './documentation.ts';
import { ownOf } from './reader.ts';
import { maxCharacters } from './search/search-limits.ts';
import { SearchView } from './search/search-view.tsx';

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

/** `/docs/` and `/docs/{page}/`: the page that a file of `docs/site/` becomes. */
export function showDocument(name: string): Handler {
  return async (request) => {
    const { services, context } = request;
    const { sections, pageFor } = await documentationFor(services.config);
    const own = await ownOf(request);
    const page = pageFor(name, own.reader);
    if (page === undefined) throw new Problem(404, 'not_found', 'There is no such page');
    return { kind: 'page', view: <DocumentView context={context} sections={sections} page={page} own={own} /> };
  };
}

/** `/docs/search/?q=` */
export async function searchDocumentation({ services, context, query }: PageRequest): Promise<PageResponse> {
  const { sections, search } = await documentationFor(services.config);
  const text = (query.get('q') ?? '').slice(0, maxCharacters).trim();
  return { kind: 'page', view: <SearchView context={context} sections={sections} query={text} hits={search(text)} /> };
}
