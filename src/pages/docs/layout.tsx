import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.ts';
import { Layout } from '../ui/layout.tsx';
import type { Link, NavigationSection } from './documentation.ts';
import type { Heading } from './markdown/render.ts';
import { maxCharacters } from './search/search-limits.ts';

interface DocsLayoutProps {
  readonly context: PageContext;
  readonly title: string;
  readonly sections: readonly NavigationSection[];
  /** The headings of the page, for the list *On this page*. */
  readonly headings?: readonly Heading[];
  /** The text of the search field. */
  readonly query?: string;
  readonly children: ComponentChildren;
}

/** The layout of the documentation: search and navigation, the page, and the list of its headings. */
export function DocsLayout({ context, title, sections, headings = [], query = '', children }: DocsLayoutProps) {
  const { docs } = context.messages;
  const parts = headings.filter(({ level }) => level <= 3);
  const navigation = <Navigation context={context} sections={sections} />;
  return (
    <Layout context={context} title={title} width="docs">
      <div class="docs">
        <div class="docs-side">
          <SearchForm context={context} query={query} />
          <nav class="docs-navigation" aria-label={docs.navigation}>
            {navigation}
          </nav>
          {/* The navigation for narrow windows. CSS shows either this one or the other. */}
          <details class="docs-menu">
            <summary>{docs.menu}</summary>
            <nav aria-label={docs.menu}>
              {parts.length > 1 ? (
                <div class="docs-section">
                  <p>{docs.onThisPage}</p>
                  <Parts parts={parts} />
                </div>
              ) : null}
              {navigation}
            </nav>
          </details>
        </div>
        <article class="docs-page">{children}</article>
        {parts.length > 1 ? (
          <nav class="docs-parts" aria-labelledby="on-this-page">
            <p id="on-this-page">{docs.onThisPage}</p>
            <Parts parts={parts} />
          </nav>
        ) : null}
      </div>
    </Layout>
  );
}

function Parts({ parts }: { readonly parts: readonly Heading[] }) {
  return (
    <ul class="plain">
      {parts.map(({ id, text, level }) => (
        <li key={id} class={`docs-part-${level}`}>
          <a href={`#${id}`}>{text}</a>
        </li>
      ))}
    </ul>
  );
}

function Navigation({
  context,
  sections,
}: {
  readonly context: PageContext;
  readonly sections: readonly NavigationSection[];
}) {
  return (
    <>
      {sections.map(({ name, links }) => (
        <div key={name} class="docs-section">
          <p>{context.messages.docs.sections[name]}</p>
          <ul class="plain">
            {links.map((link) => (
              <li key={link.href}>
                <NavigationLink link={link} path={context.path} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function NavigationLink({ link: { href, title }, path }: { readonly link: Link; readonly path: string }) {
  const current = path === href ? 'page' : path.startsWith(href) ? 'true' : undefined;
  return (
    <a href={href} {...(current && { 'aria-current': current })}>
      {title}
    </a>
  );
}

function SearchForm({ context, query }: { readonly context: PageContext; readonly query: string }) {
  const { search } = context.messages.docs;
  return (
    <search>
      <form method="get" action="/docs/search/" class="docs-search">
        <label for="q" class="hidden">
          {search.label}
        </label>
        <input id="q" name="q" type="search" value={query} placeholder={search.placeholder} maxLength={maxCharacters} />
        <button type="submit" class="button button-small">
          {search.submit}
        </button>
      </form>
    </search>
  );
}
