import type { Params } from '../../oauth/params.ts';

/** Rows on one page of a list. */
export const pageSize = 50;

/** What a list was asked for: a text to search for, and where its next part begins. Anything too long is left out. */
export function listQuery(query: Params): { readonly text?: string; readonly after?: string; readonly limit: number } {
  const text = query.get('q')?.trim();
  const after = query.get('after');
  return {
    limit: pageSize,
    ...(text !== undefined && text !== '' && text.length <= 100 && { text }),
    ...(after !== undefined && /^[A-Za-z0-9_ -]{1,60}$/.test(after) && { after }),
  };
}

/** One of a few, or nothing. */
export function oneOf<Choice extends string>(text: string | undefined, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === text);
}

/** The number of a row in an address; `undefined`: there can be no such row. */
export function idFrom(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}
