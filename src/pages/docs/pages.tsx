import type { Config } from '../../config/load.ts';
import { Problem } from '../../http/problem.ts';
import type { Handler, PageRequest, PageResponse } from '../page.ts';
import { DocumentView } from './document-view.tsx';
import type { Documentation } from './documentation.ts';
import { readerApplicationsOf } from './reader.ts';
import { maxCharacters } from './search/search-limits.ts';
import { SearchView } from './search/search-view.tsx';

const cache = new WeakMap<Config, Promise<Documentation>>();

/**
 * The documentation of a server. The first request loads its code and renders it, so that a server whose documentation
 * nobody reads starts faster and uses less memory. Rejects, naming the page, if one can't be rendered.
 */
export function documentationFor(config: Config): Promise<Documentation> {
  const documentation =
    cache.get(config) ?? import('./documentation.ts').then((module) => module.createDocumentation(config));
  cache.set(config, documentation);
  return documentation;
}

/** `/docs/` and `/docs/{page}/`: the page of a file in `docs/site/`. */
export function showDocument(name: string): Handler {
  return async (request) => {
    const { services, context } = request;
    const { sections, pageFor } = await documentationFor(services.config);
    const own = await readerApplicationsOf(request);
    const page = pageFor(name, own.reader);
    if (page === undefined) throw new Problem(404, 'not_found', 'There is no such page');
    return { kind: 'page', view: <DocumentView context={context} sections={sections} page={page} own={own} /> };
  };
}

/** `/docs/search/?q=`: the hits of a search. */
export async function searchDocumentation({ services, context, query }: PageRequest): Promise<PageResponse> {
  const { sections, search } = await documentationFor(services.config);
  const text = (query.get('q') ?? '').slice(0, maxCharacters).trim();
  return { kind: 'page', view: <SearchView context={context} sections={sections} query={text} hits={search(text)} /> };
}
