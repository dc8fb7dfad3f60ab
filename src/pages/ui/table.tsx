import type { ComponentChildren } from 'preact';

export interface Row {
  readonly key: string;
  /** As many as there are columns. */
  readonly cells: readonly ComponentChildren[];
}

export interface Column {
  readonly name: string;
  /** Its cells never wrap: dates, numbers, states, buttons. */
  readonly oneLine?: true;
}

export interface TableProps {
  readonly caption: string;
  readonly columns: readonly (string | Column)[];
  readonly rows: readonly Row[];
}

/** A column of dates, numbers, states or buttons: what is in it stays on one line. */
export function oneLine(name: string): Column {
  return { name, oneLine: true };
}

/**
 * Rows and columns, in a region that scrolls sideways by itself if they are wider than the page. On a phone each row
 * becomes a card whose lines carry the names of their columns. Nothing breaks inside a word: a long value without
 * spaces goes into a `Breakable`.
 */
export function Table({ caption, columns, rows }: TableProps) {
  const known = columns.map((column) => (typeof column === 'string' ? { name: column } : column));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <section> is a part of the page, with its space around it
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div class="table-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class="table">
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {known.map(({ name }) => (
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
                <Cell key={known[index]?.name} column={known[index]}>
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
 * One box inside the cell, so that on a phone it stands beside the column's name as a whole. An empty cell has none,
 * and is left out there.
 */
function Cell({ column, children }: { readonly column: Column | undefined; readonly children: ComponentChildren }) {
  const isEmpty = children === '' || children === null || children === undefined;
  return (
    <td class={column?.oneLine && 'one-line'} data-label={column?.name}>
      {isEmpty ? null : <div>{children}</div>}
    </td>
  );
}
