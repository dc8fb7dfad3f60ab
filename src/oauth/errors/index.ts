import { authorizationRequestErrors } from './authorization-requests.ts';
import { clientErrors } from './clients.ts';
import { codeErrors, loginErrors, raceErrors, refreshErrors, revocationErrors } from './grants.ts';
import { grantTypeErrors, requestErrors } from './requests.ts';
import type { ErrorRow, ShownBy } from './row.ts';

const table = {
  ...requestErrors,
  ...clientErrors,
  ...grantTypeErrors,
  ...authorizationRequestErrors,
  ...codeErrors,
  ...refreshErrors,
  ...revocationErrors,
  ...loginErrors,
  ...raceErrors,
} as const;

type Rows = typeof table;

/**
 * Why a request is refused. Causes are stored with refused requests, so a renamed one keeps its old name in
 * `pages/messages/errors/index.ts` too.
 */
export type Cause = keyof Rows;

/** The code of an internal error, which has no row. */
const serverError = 'server_error';

/** The error codes on the wire (RFC 6749 4.1.2.1, 5.2). */
export type OAuthErrorCode = Rows[Cause]['error'] | typeof serverError;

/** The causes that have their own explanation. The revocation causes have one for codes and refresh tokens together. */
export type OwnCause = Exclude<Cause, keyof typeof revocationErrors>;

/** The `{name}` placeholders in a text. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

type TextDetails<Row extends ErrorRow> = [NamesIn<Row['text']>] extends [never]
  ? unknown
  : { readonly text: Readonly<Record<NamesIn<Row['text']>, string>> };

type ShownDetails<Row> = Row extends { readonly shows: infer Shows extends keyof ShownBy } ? ShownBy[Shows] : unknown;

type WaitDetails<Row> = Row extends { readonly waits: true } ? { readonly retryAfterSeconds: number } : unknown;

type DetailsOfRow<Row extends ErrorRow> = TextDetails<Row> & ShownDetails<Row> & WaitDetails<Row>;

/** The details that must be passed with a cause: those that its row shows and its text names, and no others. */
export type DetailsOf = {
  readonly [Of in Cause]: [keyof DetailsOfRow<Rows[Of]>] extends [never]
    ? readonly []
    : readonly [details: DetailsOfRow<Rows[Of]>];
};

/**
 * Every error of the OAuth endpoints, by its cause. Responses, log, statistics, documentation and tests are derived
 * from this table. Only the log and the application's developers see the cause: the response tells less.
 */
export const errorRows: Readonly<Record<Cause, ErrorRow<OAuthErrorCode>>> = table;

const errorCodes: ReadonlySet<string> = new Set([...Object.values(table).map(({ error }) => error), serverError]);

export function isErrorCode(text: string): text is OAuthErrorCode {
  return errorCodes.has(text);
}
