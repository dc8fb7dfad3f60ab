import type { Config } from '../../config/load.ts';
import { messagesFor } from '../messages/index.ts';
import { documentedCodes } from './errors/error-codes.ts';
import { expandResponses } from './errors/responses.ts';
import { type Example, type ExampleReader, expandExamples, personalise, unknownReader } from './examples.ts';
import { factsFor, fillFacts } from './facts.ts';
import { readExamples, readSources } from './files.ts';
import { type Rendered, renderMarkdown } from './markdown/render.ts';
import { expandRevocationEffects } from './revocation-effects.ts';
import { createSearch, type Search, type SearchEntry } from './search/search.ts';
import { pathOfPage, type SectionName, type Source, sectionNames } from './source.ts';

/** One page as it is shown to a reader. */
export interface DocumentPage extends Rendered {
  readonly source: Source;
  /** The Markdown with its facts filled in, for readers of plain text; without the title. */
  readonly markdown: string;
}

/** A link of the navigation. */
export interface Link {
  readonly href: string;
  readonly title: string;
  readonly description: string;
  /** The page is an interactive tool: there is no Markdown of it. */
  readonly isTool?: true;
}

export interface NavigationSection {
  readonly name: SectionName;
  readonly links: readonly Link[];
}

/** The pages, examples and search under `/docs/`, rendered once for a configuration. */
export interface Documentation {
  readonly issuer: string;
  readonly sections: readonly NavigationSection[];
  readonly pages: ReadonlyMap<string, DocumentPage>;
  readonly examples: readonly Example[];
  readonly search: Search;
  /** A page with the client ID and callback of the reader's application, if known; `undefined`: no such page. */
  pageFor(name: string, reader: ExampleReader): DocumentPage | undefined;
}

/** Pages that are not files of `docs/site/`; they are links of their section, too. */
const builtInLinks: readonly (Link & { readonly section: SectionName; readonly order: number })[] = [
  {
    section: 'start',
    order: 9,
    isTool: true,
    href: '/docs/run-the-flow/',
    title: messagesFor('en').runTheFlow.title,
    description: messagesFor('en').docs.runTheFlow,
  },
  {
    section: 'api',
    order: 1,
    href: '/docs/api/',
    title: messagesFor('en').apiReference.title,
    description: messagesFor('en').docs.apiReference,
  },
  {
    section: 'reference',
    order: 5,
    href: '/docs/errors/',
    title: messagesFor('en').docs.errors.title,
    description: messagesFor('en').docs.errors.description,
  },
];

/** Reads all pages, fills in their facts and renders them. @throws {Error} naming the page that is invalid */
export function createDocumentation(
  config: Config,
  sources: readonly Source[] = readSources(),
  examples: readonly Example[] = readExamples(),
): Documentation {
  const render = (source: Source, reader: ExampleReader) => renderPage(source, { config, examples, reader });
  const pages = new Map(sources.map((source) => [source.name, render(source, unknownReader)]));
  return {
    issuer: config.publicUrl,
    sections: sectionNames.map((name) => ({ name, links: linksOf(name, sources) })),
    pages,
    examples,
    search: createSearch([...[...pages.values()].flatMap(entriesOf), ...errorEntries()]),
    pageFor: cacheLatest((name, reader) => {
      const page = pages.get(name);
      const isKnown = reader.clientId !== null || reader.redirectUri !== null;
      return page && (isKnown ? render(page.source, reader) : page);
    }),
  };
}

/** The maximum of cached pages for known readers. Rendering one costs about ten milliseconds. */
const maxCachedPages = 200;

/** Caches the pages that were requested last, by name and reader. */
function cacheLatest(render: Documentation['pageFor']): Documentation['pageFor'] {
  const cache = new Map<string, DocumentPage>();
  return (name, reader) => {
    const key = JSON.stringify([name, reader.clientId, reader.redirectUri]);
    const page = cache.get(key) ?? render(name, reader);
    if (page === undefined) return undefined;
    // A Map keeps the order of insertion: delete and set make this page the newest.
    cache.delete(key);
    cache.set(key, page);
    const [oldest] = cache.keys();
    if (cache.size > maxCachedPages && oldest !== undefined) cache.delete(oldest);
    return page;
  };
}

function renderPage(
  source: Source,
  {
    config,
    examples,
    reader,
  }: { readonly config: Config; readonly examples: readonly Example[]; readonly reader: ExampleReader },
): DocumentPage {
  try {
    const filled = fillFacts(expandRevocationEffects(expandResponses(source.markdown)), factsFor(config, reader));
    const filledExamples = examples.map((example) => ({
      ...example,
      text: personalise(example.text, config.publicUrl, reader),
    }));
    const markdown = expandExamples(filled, filledExamples);
    return { source, markdown, ...renderMarkdown(markdown, messagesFor('en').docs.code) };
  } catch (cause) {
    throw new Error(`docs/site/${source.name}.md: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function linksOf(section: SectionName, sources: readonly Source[]): readonly Link[] {
  const pages = sources.map((source) => ({ ...source, href: pathOfPage(source.name) }));
  return [...pages, ...builtInLinks]
    .filter((link) => link.section === section)
    .toSorted((one, other) => one.order - other.order)
    .map(({ href, title, description, ...rest }) => ({
      href,
      title,
      description,
      ...('isTool' in rest && { isTool: rest.isTool }),
    }));
}

function entriesOf({ source, passages }: DocumentPage): readonly SearchEntry[] {
  const { title, description, name } = source;
  return passages.map(({ heading, text }) => ({
    href: `${pathOfPage(name)}${heading === null ? '' : `#${heading.id}`}`,
    title,
    heading: heading?.text ?? '',
    text: heading === null ? `${description} ${text}` : text,
  }));
}

function errorEntries(): readonly SearchEntry[] {
  return documentedCodes.map(({ code, explanation: { meaning, see, causes } }) => ({
    href: `/docs/errors/${code}/`,
    title: code,
    heading: '',
    text: [meaning, ...causes.flatMap(({ cause, fix }) => [cause, fix]), see].join(' '),
  }));
}
