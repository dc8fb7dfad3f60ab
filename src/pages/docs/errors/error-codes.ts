import { oauthErrorOf } from '../../../http/problem.ts';
import { errorRows, isErrorCode, type OAuthErrorCode } from '../../../oauth/errors/index.ts';
import { statusOf } from '../../../oauth/errors/status.ts';
import { type ApiErrorCode, apiErrors } from '../../messages/api-errors.ts';
import { oauthErrors } from '../../messages/errors/index.ts';
import type { Explanation } from '../../messages/explanation.ts';
import type { Messages } from '../../messages/index.ts';

/** A code that programs see, with what is known of it. */
export interface DocumentedCode {
  readonly code: string;
  /** Of the answers that carry it, ascending; none: it only ever comes to the callback, by a redirect. */
  readonly statuses: readonly number[];
  /** The OAuth endpoints send it as `error`. */
  readonly oauth: boolean;
  /** What the OAuth endpoints send for it as `error`; `null`: they never send it. */
  readonly oauthError: string | null;
  /** The API sends it as `code`. */
  readonly api: boolean;
  /** It may travel to the callback of the application (RFC 6749 4.1.2.1). */
  readonly redirected: boolean;
  readonly explanation: Explanation;
}

/** Every code there is a page for, in the order of the tables: the protocol's, then those of the API alone. */
export const documentedCodes: readonly DocumentedCode[] = [
  ...Object.keys(oauthErrors).filter(isErrorCode).map(ofOAuth),
  ...Object.keys(apiErrors)
    .filter((code) => !Object.hasOwn(oauthErrors, code))
    .map((code) => ofApi(code as ApiErrorCode)),
];

export function documentedCode(text: string): DocumentedCode | undefined {
  return documentedCodes.find(({ code }) => code === text);
}

/** Where a program meets a code: with which statuses, or at its callback. */
export function definedIn({ statuses }: DocumentedCode, words: Messages['docs']['errors']): string {
  return statuses.length === 0 ? words.inCallback : words.status(statuses.join(', '));
}

function ofOAuth(code: OAuthErrorCode): DocumentedCode {
  const rows = Object.values(errorRows).filter(({ error }) => error === code);
  // The authorization endpoint tells a person on a page, or the application at its callback: no program sees a status.
  const statuses = rows.flatMap((row) =>
    row.at.filter((endpoint) => endpoint !== 'authorize').map((endpoint) => statusOf(row, endpoint)),
  );
  const shared: Readonly<Record<string, { readonly statuses: readonly number[] }>> = apiErrors;
  const inApi = shared[code];
  return {
    code,
    statuses: ascending([...statuses, ...(inApi?.statuses ?? []), ...statusesOfHttp(code)]),
    oauth: true,
    oauthError: code,
    api: inApi !== undefined,
    redirected: rows.some(({ redirect }) => redirect),
    explanation: oauthErrors[code],
  };
}

/** Of HTTP's own problems that the OAuth endpoints send with this code. */
function statusesOfHttp(error: OAuthErrorCode): readonly number[] {
  return Object.entries(apiErrors)
    .filter(([code]) => code !== error && oauthErrorOf(code) === error)
    .flatMap(([, { statuses }]) => statuses);
}

function ofApi(code: ApiErrorCode): DocumentedCode {
  const { statuses, explanation } = apiErrors[code];
  if (explanation === null) throw new Error(`The code ${code} is explained nowhere`);
  const sentAs = oauthErrorOf(code);
  const oauthError = sentAs === code ? null : sentAs;
  return { code, statuses, oauth: false, oauthError, api: true, redirected: false, explanation };
}

function ascending(statuses: readonly number[]): readonly number[] {
  return [...new Set(statuses)].sort((one, other) => one - other);
}
