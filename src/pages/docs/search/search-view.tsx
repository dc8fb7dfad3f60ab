import type { PageContext } from '../../page-context.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { NavigationSection } from '../documentation.ts';
import { DocsLayout } from '../layout.tsx';
import type { Hit } from './search.ts';

interface SearchViewProps {
  readonly context: PageContext;
  readonly sections: readonly NavigationSection[];
  /** As the reader typed it; empty: no search. */
  readonly query: string;
  readonly hits: readonly Hit[];
}

/** `/docs/search/`: the hits of a search. */
export function SearchView({ context, sections, query, hits }: SearchViewProps) {
  const { search } = context.messages.docs;
  return (
    <DocsLayout context={context} title={search.title} sections={sections} query={query}>
      <PageHeader title={search.title}>{query === '' ? search.empty : search.lead(query)}</PageHeader>
      {query === '' ? null : hits.length === 0 ? (
        <EmptyState title={search.none}>{search.noneHint}</EmptyState>
      ) : (
        <>
          <p role="status">{search.found(hits.length)}</p>
          <ol class="plain docs-hits">
            {hits.map((hit) => (
              <SearchHit key={hit.href} hit={hit} />
            ))}
          </ol>
        </>
      )}
    </DocsLayout>
  );
}

function SearchHit({ hit: { href, title, heading, excerpt } }: { readonly hit: Hit }) {
  return (
    <li>
      <h2>
        <a href={href}>{heading === '' ? title : heading}</a>
      </h2>
      {heading === '' ? null : <p class="below">{title}</p>}
      <p>{excerpt.map((part, index) => (index % 2 === 1 ? <mark key={`${index} ${part}`}>{part}</mark> : part))}</p>
    </li>
  );
}
