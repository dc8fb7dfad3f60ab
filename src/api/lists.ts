import { type Static, type TSchema, Type } from 'typebox';
import { defaultLimit, maxLimit } from '../devices/paging.ts';
import type { OffsetPage, OffsetPaging } from '../ports/store/index.ts';

/** Identifiers and page numbers are 32-bit integers. */
const maxInteger = 2_147_483_647;

/** The schema of an identifier. */
export const identifier = (description: string, example: number) =>
  Type.Integer({ minimum: 1, maximum: maxInteger, description, examples: [example] });

/** The schemas of the parameters of every list. `fields`: the fields to order by; the first one is the default. */
export function listQuery<const Field extends string>(fields: readonly [Field, ...Field[]]) {
  const values = fields.flatMap((field) => [field, `-${field}`] as const);
  return {
    page: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: maxInteger,
        default: 1,
        description: 'From 1. Beyond the last: no results',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        default: defaultLimit,
        description: `Results on a page. More than ${maxLimit} counts as ${maxLimit}`,
      }),
    ),
    ordering: Type.Optional(
      Type.Unsafe<Field | `-${Field}`>({
        type: 'string',
        enum: values,
        default: fields[0],
        description: 'A field; with `-` before it, descending. Equal ones are ordered by id',
      }),
    ),
  };
}

/** The schema of an optional text parameter. */
export const searchParameter = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }));

/** Reads the paging from a query. `defaultField`: the field to order by without `ordering`. */
export function pagingOf<Field extends string>(
  query: { readonly page?: number; readonly limit?: number; readonly ordering?: Field | `-${Field}` },
  defaultField: Field,
): OffsetPaging<Field> {
  const ordering: string = query.ordering ?? defaultField;
  const descending = ordering.startsWith('-');
  return {
    page: query.page ?? 1,
    limit: Math.min(query.limit ?? defaultLimit, maxLimit),
    // The schema admits only fields and fields with a minus.
    orderBy: (descending ? ordering.slice(1) : ordering) as Field,
    descending,
  };
}

/** `type: [integer, null]` instead of a union: the serializer would try the branches of a union one by one. */
const pageNumber = (description: string, example: number | null) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description, examples: [example] });

/** The schema of a page of a list. */
export function listSchema<Item extends TSchema>(title: string, description: string, item: Item) {
  return Type.Object(
    {
      count: Type.Integer({ description: 'All results that match, not only those on this page', examples: [1] }),
      page: Type.Integer({ examples: [1] }),
      next: pageNumber('The number of the next page; null on the last', null),
      previous: pageNumber('The number of the page before; null on the first', null),
      results: Type.Array(item),
    },
    { title, description },
  );
}

interface List<Item> {
  count: number;
  page: number;
  next: number | null;
  previous: number | null;
  results: Item[];
}

/**
 * Returns one page of a list. Beyond the last page there are no results and no `next`, and `previous` is the last page
 * that exists: a program that follows `next` while rows disappear ends its loop instead of failing.
 */
export function listOf<Row, Item>(
  result: OffsetPage<Row>,
  paging: OffsetPaging<string>,
  toJson: (row: Row) => Item,
): List<Item> {
  const { page, limit } = paging;
  const lastPage = Math.max(1, Math.ceil(result.count / limit));
  return {
    count: result.count,
    page,
    next: page < lastPage ? page + 1 : null,
    previous: page > 1 ? Math.min(page - 1, lastPage) : null,
    results: result.rows.map(toJson),
  };
}

/** The value that a schema describes. */
export type Json<Schema extends TSchema> = Static<Schema>;
