import type { Destination } from '../next.ts';

/** A link to another page of signing in that goes on to the same place. */
export function continuing(path: string, { resume, next }: Destination): string {
  if (resume !== undefined) return `${path}?resume=${resume}`;
  return next === undefined ? path : `${path}?next=${encodeURIComponent(next)}`;
}
