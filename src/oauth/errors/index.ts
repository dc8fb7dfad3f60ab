import { authorizationRequestErrors } from './authorization-requests.ts';
import { clientErrors } from './clients.ts';
import { codeErrors, endingErrors, loginErrors, raceErrors, refreshErrors } from './grants.ts';
import { grantTypeErrors, requestErrors } from './requests.ts';
import type { ErrorRow, ShownBy } from './row.ts';

const table = {
  ...requestErrors,
  ...clientErrors,
  ...grantTypeErrors,
  ...authorizationRequestErrors,
  ...codeErrors,
  ...refreshErrors,
  ...endingErrors,
  ...loginErrors,
  ...raceErrors,
} as const;

type Rows = typeof table;

/**
 * Why a request is refused. Causes are stored with refused requests: when one is renamed, `pages/messages/causes.ts`
 * keeps the old name too.
 */
export type Cause = keyof Rows;

/** The causes that have explanations of their own; what ended a code or a token is explained once for both. */
export type OwnCause = Exclude<Cause, keyof typeof endingErrors>;

/** The `{name}`s in a text. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

type TextDetails<Row extends ErrorRow> = [NamesIn<Row['text']>] extends [never]
  ? unknown
  : { readonly text: Readonly<Record<NamesIn<Row['text']>, string>> };

type ShownDetails<Row> = Row extends { readonly shows: infer Shows extends keyof ShownBy } ? ShownBy[Shows] : unknown;

type WaitDetails<Row> = Row extends { readonly waits: true } ? { readonly retryAfterSeconds: number } : unknown;

type DetailsOfRow<Row extends ErrorRow> = TextDetails<Row> & ShownDetails<Row> & WaitDetails<Row>;

/** What must be passed with a cause: what its row shows and its text names, and nothing else. */
export type DetailsOf = {
  readonly [Of in Cause]: [keyof DetailsOfRow<Rows[Of]>] extends [never]
    ? readonly []
    : readonly [details: DetailsOfRow<Rows[Of]>];
};

/**
 * Every error of the OAuth endpoints, by its cause. Responses, log, statistics, documentation and tests are derived
 * from this table. The response says less than the cause, which only the log and the application's developers see.
 */
export const errorRows: Readonly<Record<Cause, ErrorRow>> = table;
