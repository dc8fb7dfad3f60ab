import type { ComponentChildren } from 'preact';

export interface Row {
  readonly key: string;
  /** One for each column, in the order of the columns. */
  readonly cells: readonly ComponentChildren[];
}

export interface Column {
  readonly name: string;
  /** Its cells do not wrap. */
  readonly oneLine?: true;
}

export interface TableProps {
  readonly caption: string;
  readonly columns: readonly (string | Column)[];
  readonly rows: readonly Row[];
}

/** A column whose cells do not wrap, for dates, numbers, states and buttons. */
export function noWrapColumn(name: string): Column {
  return { name, oneLine: true };
}

/**
 * A table in a region that scrolls sideways if the table is wider than the page. On a phone each row becomes a card
 * whose lines are labelled with the names of the columns. Words are not broken: a long value without spaces goes into
 * a `Breakable`.
 */
export function Table({ caption, columns, rows }: TableProps) {
  const headers = columns.map((column) => (typeof column === 'string' ? { name: column } : column));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <section> is a part of the page, with its space around it
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div class="table-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class="table">
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {headers.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, index) => (
                <Cell key={headers[index]?.name} column={headers[index]}>
                  {cell}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/**
 * The content is wrapped in one `<div>`: on a phone it is the second column beside the name of the column. An empty
 * cell has no `<div>`, and a phone does not show it.
 */
function Cell({ column, children }: { readonly column: Column | undefined; readonly children: ComponentChildren }) {
  const isEmpty = children === '' || children === null || children === undefined;
  return (
    <td class={column?.oneLine && 'one-line'} data-label={column?.name}>
      {isEmpty ? null : <div>{children}</div>}
    </td>
  );
}
