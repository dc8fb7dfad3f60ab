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
  /** With its facts, as a reader of plain text gets it; without the title. */
  readonly markdown: string;
}

export interface Link {
  readonly href: string;
  readonly title: string;
  readonly description: string;
  /** There is no plain text of it: the page is a tool. */
  readonly isTool?: true;
}

export interface NavigationSection {
  readonly name: SectionName;
  readonly links: readonly Link[];
}

/** Everything under `/docs/`, made once for a configuration. */
export interface Documentation {
  readonly issuer: string;
  readonly sections: readonly NavigationSection[];
  readonly pages: ReadonlyMap<string, DocumentPage>;
  readonly examples: readonly Example[];
  readonly search: Search;
  /** The same page for a reader whose application is known. */
  pageFor(name: string, reader: ExampleReader): DocumentPage | undefined;
}

/** Links that are pages of their own, behind those of their section. */
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

/** Reads, fills in and renders all pages. @throws {Error} naming the page, if one is not as it must be */
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
    pageFor: rememberLatest((name, reader) => {
      const page = pages.get(name);
      const isKnown = reader.clientId !== null || reader.redirectUri !== null;
      return page && (isKnown ? render(page.source, reader) : page);
    }),
  };
}

/** So many pages that were made for a reader are kept: making one again costs ten milliseconds. */
const maxRemembered = 200;

function rememberLatest(make: Documentation['pageFor']): Documentation['pageFor'] {
  const known = new Map<string, DocumentPage>();
  return (name, reader) => {
    const key = JSON.stringify([name, reader.clientId, reader.redirectUri]);
    const page = known.get(key) ?? make(name, reader);
    if (page === undefined) return undefined;
    known.delete(key);
    known.set(key, page);
    const [oldest] = known.keys();
    if (known.size > maxRemembered && oldest !== undefined) known.delete(oldest);
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
    const own = examples.map((example) => ({ ...example, text: personalise(example.text, config.publicUrl, reader) }));
    const markdown = expandExamples(filled, own);
    return { source, markdown, ...renderMarkdown(markdown, messagesFor('en').docs.code) };
  } catch (cause) {
    throw new Error(`docs/site/${source.name}.md: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function linksOf(section: SectionName, sources: readonly Source[]): readonly Link[] {
  const written = sources.map((source) => ({ ...source, href: pathOfPage(source.name) }));
  return [...written, ...builtInLinks]
    .filter((link) => link.section === section)
    .toSorted((one, other) => one.order - other.order)
    .map(({ href, title, description, ...more }) => ({
      href,
      title,
      description,
      ...('isTool' in more && { isTool: more.isTool }),
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
