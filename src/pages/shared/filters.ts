import type { VNode } from 'preact';
import type { FilterValue } from '../../audit/filter.ts';
import type { Params } from '../../oauth/params.ts';
import type { CursorPage } from '../../ports/store/index.ts';
import type { PageResponse } from '../page.ts';
import type { PageContext } from '../page-context.ts';
import type { SummaryLine } from '../ui/forms/error-summary.tsx';
import { withoutControls } from '../ui/text/isolated-text.tsx';
import { readChoice } from './read-value.ts';

/** The number of rows on one page of a list. */
export const pageSize = 50;

const maxCharacters = 100;

/** A parameter in the query of a list, and how its value is read. */
export interface Filter<T> {
  readonly param: string;
  /** Whether the page has no field for it, so an error can't link to the field. */
  readonly isHidden?: true;
  readonly read: (text: string, context: PageContext) => FilterValue<T> | Promise<FilterValue<T>>;
}

type Filters = Readonly<Record<string, Filter<unknown>>>;

type Values<F extends Filters> = {
  readonly [Name in keyof F]?: F[Name] extends Filter<infer T> ? T : never;
};

/** The filters of one request. */
export interface FilterResult<V> {
  /** The values of the filters in the query. Empty if there are problems. */
  readonly values: V;
  /** The text of each filter as entered, shortened, by parameter. */
  readonly entered: Readonly<Record<string, string>>;
  /** Why the list can't be shown. Empty: it can. */
  readonly problems: readonly SummaryLine[];
}

/**
 * Reads the filters of a list. A filter that can't be read, or is repeated, is a problem: the page then says so and
 * shows no rows, because rows beside an ignored filter would look like its result.
 */
export async function readFilters<F extends Filters>(
  context: PageContext,
  query: Params,
  filters: F,
): Promise<FilterResult<Values<F>>> {
  const values: Record<string, unknown> = {};
  const entered: Record<string, string> = {};
  const problems: SummaryLine[] = [];
  for (const [name, { param, isHidden, read }] of Object.entries(filters)) {
    const text = query.get(param)?.trim() ?? '';
    entered[param] = text.slice(0, maxCharacters);
    const isRepeated = query.repeated.has(param);
    if (text === '' && !isRepeated) continue;
    const result = isRepeated
      ? repeated(context, param)
      : text.length > maxCharacters
        ? tooLong(context)
        : await read(text, context);
    if (result.outcome === 'ok') values[name] = result.value;
    else problems.push({ text: withoutControls(result.message), ...(!isHidden && { field: param }) });
  }
  return { values: (problems.length === 0 ? values : {}) as Values<F>, entered, problems };
}

/** Reads one page of a list and shows it. If there are problems with the filters, reads nothing; status 400. */
export async function listPage<V, Row>(
  { values, problems }: FilterResult<V>,
  read: (values: V) => Promise<CursorPage<Row>>,
  show: (page: CursorPage<Row>) => VNode,
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

/** Free text to search for. */
export function textFilter(param: string): Filter<string> {
  return { param, read: (value) => ({ outcome: 'ok', value }) };
}

/** One of a few choices. */
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

/** Where a page of the list begins: the `next` of the page before, as the store returned it. */
function cursorFilter(pattern: RegExp): Filter<string> {
  return {
    param: 'after',
    isHidden: true,
    read: (value, { messages }) =>
      pattern.test(value) ? { outcome: 'ok', value } : { outcome: 'wrong', message: messages.filters.badPlace },
  };
}

/** A cursor that is the number of a row. */
export const afterRow = cursorFilter(/^[0-9]{1,15}$/);

/** A cursor that is the time and the ID of a row. */
export const afterTime = cursorFilter(/^[0-9]{1,15} [A-Za-z0-9_-]{1,60}$/);
