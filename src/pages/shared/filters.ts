import type { VNode } from 'preact';
import type { FilterValue } from '../../audit/filter.ts';
import type { Params } from '../../oauth/params.ts';
import type { CursorPage } from '../../ports/store/index.ts';
import type { PageResponse } from '../page.ts';
import type { PageContext } from '../page-context.ts';
import type { SummaryLine } from '../ui/forms/error-summary.tsx';
import { plainName } from '../ui/text/isolated-text.tsx';
import { readChoice } from './read-value.ts';

/** Rows on one page of a list. */
export const pageSize = 50;

const maxCharacters = 100;

/** One parameter of a list's address, and how its value is read. */
export interface Filter<T> {
  readonly param: string;
  /** It has no field on the page, so that what is wrong with it can lead nowhere. */
  readonly isHidden?: true;
  readonly read: (text: string, context: PageContext) => FilterValue<T> | Promise<FilterValue<T>>;
}

type Filters = Readonly<Record<string, Filter<unknown>>>;

type Values<F extends Filters> = {
  readonly [Name in keyof F]?: F[Name] extends Filter<infer T> ? T : never;
};

/** What a list was asked for. */
export interface FilterResult<V> {
  /** Of the filters that were given; only if there are no problems. */
  readonly values: V;
  /** As it was typed, by parameter. */
  readonly typed: Readonly<Record<string, string>>;
  /** Why the list can't be shown; none: it can. */
  readonly problems: readonly SummaryLine[];
}

/**
 * Reads the filters of a list. One that is given and can't be read, or is given twice, is a problem: the page then says
 * so and shows no rows, because rows beside a filter that was ignored look like its result.
 */
export async function readFilters<F extends Filters>(
  context: PageContext,
  query: Params,
  filters: F,
): Promise<FilterResult<Values<F>>> {
  const values: Record<string, unknown> = {};
  const typed: Record<string, string> = {};
  const problems: SummaryLine[] = [];
  for (const [name, { param, isHidden, read }] of Object.entries(filters)) {
    const text = query.get(param)?.trim() ?? '';
    typed[param] = text.slice(0, maxCharacters);
    const isRepeated = query.repeated.has(param);
    if (text === '' && !isRepeated) continue;
    const answer = isRepeated
      ? repeated(context, param)
      : text.length > maxCharacters
        ? tooLong(context)
        : await read(text, context);
    if (answer.outcome === 'ok') values[name] = answer.value;
    else problems.push({ text: plainName(answer.message), ...(!isHidden && { field: param }) });
  }
  return { values: (problems.length === 0 ? values : {}) as Values<F>, typed, problems };
}

/** Reads a list and shows it; with filters that can't be read nothing is read, and the status is 400. */
export async function listPage<V, Row>(
  { values, problems }: FilterResult<V>,
  read: (values: V) => Promise<CursorPage<Row>>,
  show: (listed: CursorPage<Row>) => VNode,
): Promise<PageResponse> {
  if (problems.length > 0) return { kind: 'page', status: 400, view: show({ rows: [], next: null }) };
  return { kind: 'page', view: show(await read(values)) };
}

function repeated({ messages }: PageContext, param: string): FilterValue<never> {
  return { outcome: 'wrong', message: messages.filters.repeated(param) };
}

function tooLong({ messages }: PageContext): FilterValue<never> {
  return { outcome: 'wrong', message: messages.filters.tooLong(maxCharacters) };
}

/** A part of a name or text. */
export function textFilter(param: string): Filter<string> {
  return { param, read: (value) => ({ outcome: 'ok', value }) };
}

/** One of a few. */
export function choiceFilter<const Choice extends string>(param: string, choices: readonly Choice[]): Filter<Choice> {
  return {
    param,
    read: (text, { messages }) => {
      const value = readChoice(text, choices);
      return value === undefined
        ? { outcome: 'wrong', message: messages.filters.badChoice(text) }
        : { outcome: 'ok', value };
    },
  };
}

/** Where the next part of a list begins: the `next` that its store gave. */
function placeFilter(pattern: RegExp): Filter<string> {
  return {
    param: 'after',
    isHidden: true,
    read: (value, { messages }) =>
      pattern.test(value) ? { outcome: 'ok', value } : { outcome: 'wrong', message: messages.filters.badPlace },
  };
}

/** The number of a row. */
export const afterRow = placeFilter(/^[0-9]{1,15}$/);

/** The time and the ID of a row. */
export const afterTime = placeFilter(/^[0-9]{1,15} [A-Za-z0-9_-]{1,60}$/);
