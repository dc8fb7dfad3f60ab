import type { DiffPart } from '../../../applications/diff.ts';

/** An expected and a received text with their differences. These are `<ins>` and `<del>`, not only coloured. */
export function Diff({
  expected,
  received,
  pieces,
}: {
  readonly expected: string;
  readonly received: string;
  readonly pieces: readonly DiffPart[];
}) {
  return (
    <dl class="diff">
      <dt>{expected}</dt>
      <dd>
        <code>
          {pieces.map((piece, index) =>
            piece.kind === 'received' ? null : <Part key={`${index}-${piece.text}`} piece={piece} />,
          )}
        </code>
      </dd>
      <dt>{received}</dt>
      <dd>
        <code>
          {pieces.map((piece, index) =>
            piece.kind === 'expected' ? null : <Part key={`${index}-${piece.text}`} piece={piece} />,
          )}
        </code>
      </dd>
    </dl>
  );
}

function Part({ piece }: { readonly piece: DiffPart }) {
  if (piece.kind === 'expected') return <ins>{piece.text}</ins>;
  return piece.kind === 'received' ? <del>{piece.text}</del> : <span>{piece.text}</span>;
}
