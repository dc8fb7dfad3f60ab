import { type Compilable, type Expression, type Kysely, sql } from 'kysely';
import type { Schema } from '../schema/tables.ts';
import type { Dialect } from './dialect.ts';

/** The parameters of a query, as expressions; their values are bound when it runs. */
export type BindParams<Args> = { readonly [Name in keyof Args]: Expression<Args[Name]> };

/** A query. It is built and compiled once for each database; each run binds its arguments. */
export interface Query<Args, Row> {
  readonly build: (db: Kysely<Schema>, params: BindParams<Args>) => Compilable<Row>;
}

export function query<Args, Row>(build: Query<Args, Row>['build']): Query<Args, Row> {
  return { build };
}

/** A compiled query. */
export interface Statement {
  readonly sql: string;
  /** It is a `select`. With an argument that no database can store it matches no row, so it need not run. */
  readonly reads: boolean;
  /** The values to bind, in the order of the SQL; `undefined`: no database can store one of them. */
  readonly parameters: (args: object) => Parameter[] | undefined;
}

export type Parameter = string | number | null;

export function compile(dialect: Dialect, query: Query<never, unknown>): Statement {
  const compiled = query.build(dialect.queries, placeholders as never).compile();
  const slots = compiled.parameters;
  return {
    sql: compiled.sql,
    reads: compiled.query.kind === 'SelectQueryNode',
    parameters: (args) => {
      const values: Parameter[] = [];
      for (const slot of slots) {
        const value = slot instanceof Placeholder ? (args as Record<string, unknown>)[slot.name] : slot;
        if (!isStorable(value)) return undefined;
        values.push(value);
      }
      return values;
    },
  };
}

/**
 * The values to bind for one run.
 * @returns `undefined`: the query is a `select` that can match no row
 * @throws {RangeError} the query writes, and no database can store one of the values
 */
export function parametersFor(statement: Statement, args: object): Parameter[] | undefined {
  const parameters = statement.parameters(args);
  if (parameters === undefined && !statement.reads) throw new RangeError('A value that no database can hold');
  return parameters;
}

/**
 * Rejects texts with NUL or unpaired surrogates: PostgreSQL refuses both, SQLite replaces unpaired surrogates. This way
 * both databases behave the same.
 */
function isStorable(value: unknown): value is Parameter {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  return value === null || Number.isSafeInteger(value);
}

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const placeholders = new Proxy({}, { get: (_, name) => sql.val(new Placeholder(String(name))) });
