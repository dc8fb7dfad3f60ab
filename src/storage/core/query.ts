import { type Compilable, type Expression, type Kysely, sql } from 'kysely';
import type { Schema } from '../schema/tables.ts';
import type { Dialect } from './dialect.ts';

/** The values of a query that are known only when it runs. */
export type BindParams<Args> = { readonly [Name in keyof Args]: Expression<Args[Name]> };

/** A query that is built and compiled once, and then runs with ever new arguments. */
export interface Query<Args, Row> {
  readonly build: (db: Kysely<Schema>, params: BindParams<Args>) => Compilable<Row>;
}

export function query<Args, Row>(build: Query<Args, Row>['build']): Query<Args, Row> {
  return { build };
}

/** A compiled query. */
export interface Statement {
  readonly sql: string;
  /** It only reads, so that an argument no database can hold means that nothing is found. */
  readonly reads: boolean;
  /** The parameters in their order; `undefined`: one of them can't be in a database. */
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
 * The parameters for one run.
 * @returns `undefined`: nothing can be found
 * @throws {RangeError} a write of what can't be stored
 */
export function parametersFor(statement: Statement, args: object): Parameter[] | undefined {
  const parameters = statement.parameters(args);
  if (parameters === undefined && !statement.reads) throw new RangeError('A value that no database can hold');
  return parameters;
}

/**
 * PostgreSQL refuses NUL and unpaired surrogates, SQLite changes the latter: both are kept out, so that both answer
 * alike.
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
