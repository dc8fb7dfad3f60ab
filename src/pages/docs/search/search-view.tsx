import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { Shell } from '../../ui/shell.ts';
import type { NavigationSection } from '../documentation.ts';
import { DocsLayout } from '../layout.tsx';
import type { Hit } from './search.ts';

interface SearchViewProps {
  readonly shell: Shell;
  readonly sections: readonly NavigationSection[];
  /** As it was typed; empty: nothing was searched for. */
  readonly query: string;
  readonly hits: readonly Hit[];
}

export function SearchView({ shell, sections, query, hits }: SearchViewProps) {
  const { search } = shell.messages.docs;
  return (
    <DocsLayout shell={shell} title={search.title} sections={sections} query={query}>
      <PageHeader title={search.title}>{query === '' ? search.empty : search.lead(query)}</PageHeader>
      {query === '' ? null : hits.length === 0 ? (
        <EmptyState title={search.none}>{search.noneHint}</EmptyState>
      ) : (
        <>
          <p role="status">{search.found(hits.length)}</p>
          <ol class="plain docs-hits">
            {hits.map((hit) => (
              <Found key={hit.href} hit={hit} />
            ))}
          </ol>
        </>
      )}
    </DocsLayout>
  );
}

function Found({ hit: { href, title, heading, excerpt } }: { readonly hit: Hit }) {
  return (
    <li>
      <h2>
        <a href={href}>{heading === '' ? title : heading}</a>
      </h2>
      {heading === '' ? null : <p class="below">{title}</p>}
      <p>{excerpt.map((part, place) => (place % 2 === 1 ? <mark key={`${place} ${part}`}>{part}</mark> : part))}</p>
    </li>
  );
}
