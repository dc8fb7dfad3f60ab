/** A run of characters that is in both texts, or in one of them only. */
export interface DiffPart {
  readonly kind: 'same' | 'expected' | 'received';
  readonly text: string;
}

/** Maximum characters that are compared one by one: it takes time and memory for the product of the two lengths. */
const maxMiddle = 600;

/**
 * Compares two texts by character (longest common subsequence). If what differs is longer than {@link maxMiddle}, only
 * the common beginning and end are found.
 */
export function diff(expected: string, received: string): readonly DiffPart[] {
  const start = commonStart(expected, received);
  const end = commonStart(reversed(expected.slice(start)), reversed(received.slice(start)));
  const middle = [expected.slice(start, expected.length - end), received.slice(start, received.length - end)] as const;
  return merged([
    { kind: 'same', text: expected.slice(0, start) },
    ...(middle[0].length > maxMiddle || middle[1].length > maxMiddle ? asReplaced(...middle) : byCharacter(...middle)),
    { kind: 'same', text: expected.slice(expected.length - end) },
  ]);
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function reversed(text: string): string {
  return text.split('').reverse().join('');
}

function asReplaced(expected: string, received: string): readonly DiffPart[] {
  return [
    { kind: 'expected', text: expected },
    { kind: 'received', text: received },
  ];
}

function byCharacter(expected: string, received: string): readonly DiffPart[] {
  const lengths = commonLengths(expected, received);
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  const pieces: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < expected.length && j < received.length) {
    if (expected[i] === received[j]) {
      pieces.push({ kind: 'same', text: expected[i] ?? '' });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      pieces.push({ kind: 'expected', text: expected[i] ?? '' });
      i += 1;
    } else {
      pieces.push({ kind: 'received', text: received[j] ?? '' });
      j += 1;
    }
  }
  return [...pieces, ...asReplaced(expected.slice(i), received.slice(j))];
}

/** `[i][j]`: the length of the longest common subsequence of the texts from i and from j on. */
function commonLengths(one: string, other: string): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const [row, below] = [rows[i], rows[i + 1]];
      if (row === undefined || below === undefined) continue;
      row[j] = one[i] === other[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

/** Merges neighbours of one kind, and drops empty pieces. */
function merged(pieces: readonly DiffPart[]): readonly DiffPart[] {
  const result: DiffPart[] = [];
  for (const piece of pieces.filter(({ text }) => text !== '')) {
    const last = result.at(-1);
    if (last?.kind === piece.kind) result[result.length - 1] = { kind: piece.kind, text: last.text + piece.text };
    else result.push(piece);
  }
  return result;
}
