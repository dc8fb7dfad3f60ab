/** A line of a list before and after it was changed. */
export interface ChangedLine {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** Compares two versions of a list: first the removed lines, then all current lines in their order. */
export function listChanges(before: readonly string[], after: readonly string[]): readonly ChangedLine[] {
  const removed = before.filter((text) => !after.includes(text)).map((text) => ({ kind: 'removed', text }) as const);
  const current = after.map((text) => ({ kind: before.includes(text) ? 'kept' : 'added', text }) as const);
  return [...removed, ...current];
}
