import type { ComponentChildren } from 'preact';

export interface Description {
  readonly term: string;
  readonly value: ComponentChildren;
}

/** Terms with their values, one below the other. */
export function DescriptionList({ items }: { readonly items: readonly Description[] }) {
  return (
    <dl class="descriptions">
      {items.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
