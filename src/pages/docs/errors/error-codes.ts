import { oauthErrorOf } from '../../../http/problem.ts';
import { errorRows, isErrorCode, type OAuthErrorCode } from '../../../oauth/errors/index.ts';
import { statusOf } from '../../../oauth/errors/status.ts';
import { type ApiErrorCode, apiErrors } from '../../messages/api-errors.ts';
import { oauthErrors } from '../../messages/errors/index.ts';
import type { Explanation } from '../../messages/explanation.ts';
import type { Messages } from '../../messages/index.ts';

/** An error code of the OAuth endpoints or of the API, and what its page says. */
export interface DocumentedCode {
  readonly code: string;
  /** HTTP statuses of the responses with this code, ascending; none: the code is only sent to the callback. */
  readonly statuses: readonly number[];
  /** Whether the OAuth endpoints send it as `error`. */
  readonly oauth: boolean;
  /** The `error` with which the OAuth endpoints report it; `null`: they never do. */
  readonly oauthError: string | null;
  /** Whether the API sends it as `code`. */
  readonly api: boolean;
  /** Whether a redirect may send it to the callback of the application (RFC 6749 4.1.2.1). */
  readonly redirected: boolean;
  readonly explanation: Explanation;
}

/** Every code that has a page: those of the OAuth endpoints, then those that only the API sends. */
export const documentedCodes: readonly DocumentedCode[] = [
  ...Object.keys(oauthErrors).filter(isErrorCode).map(ofOAuth),
  ...Object.keys(apiErrors)
    .filter((code) => !Object.hasOwn(oauthErrors, code))
    .map((code) => ofApi(code as ApiErrorCode)),
];

export function documentedCode(text: string): DocumentedCode | undefined {
  return documentedCodes.find(({ code }) => code === text);
}

/** The statuses of a code in words, or that it is sent to the callback. */
export function statusText({ statuses }: DocumentedCode, texts: Messages['docs']['errors']): string {
  return statuses.length === 0 ? texts.inCallback : texts.status(statuses.join(', '));
}

function ofOAuth(code: OAuthErrorCode): DocumentedCode {
  const rows = Object.values(errorRows).filter(({ error }) => error === code);
  // The authorization endpoint shows a page to a person or redirects to the callback: programs see no status of it.
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

/** The statuses of problems of HTTP, such as 404, that the OAuth endpoints report with this `error`. */
function statusesOfHttp(error: OAuthErrorCode): readonly number[] {
  return Object.entries(apiErrors)
    .filter(([code]) => code !== error && oauthErrorOf(code) === error)
    .flatMap(([, { statuses }]) => statuses);
}

function ofApi(code: ApiErrorCode): DocumentedCode {
  const { statuses, explanation } = apiErrors[code];
  if (explanation === null) throw new Error(`The code ${code} has no explanation`);
  const sentAs = oauthErrorOf(code);
  const oauthError = sentAs === code ? null : sentAs;
  return { code, statuses, oauth: false, oauthError, api: true, redirected: false, explanation };
}

function ascending(statuses: readonly number[]): readonly number[] {
  return [...new Set(statuses)].sort((one, other) => one - other);
}
