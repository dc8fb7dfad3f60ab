/** A line of a list before and after it was changed. */
export interface ChangedLine {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** What a list became, line by line: first what was taken out, then all that it has now, in its order. */
export function listChanges(before: readonly string[], after: readonly string[]): readonly ChangedLine[] {
  const removed = before.filter((text) => !after.includes(text)).map((text) => ({ kind: 'removed', text }) as const);
  const now = after.map((text) => ({ kind: before.includes(text) ? 'kept' : 'added', text }) as const);
  return [...removed, ...now];
}
