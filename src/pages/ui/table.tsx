import type { ComponentChildren } from 'preact';

export interface Row {
  readonly key: string;
  /** As many as there are columns. */
  readonly cells: readonly ComponentChildren[];
}

interface TableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** Rows and columns; on a phone each row becomes a card whose lines carry the names of their columns. */
export function Table({ caption, columns, rows }: TableProps) {
  return (
    <table class="table">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            {row.cells.map((cell, index) => (
              <td key={columns[index]} data-label={columns[index]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
