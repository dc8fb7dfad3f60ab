import { STATUS_CODES } from 'node:http';
import { errorUri } from '../../../oauth/authorize/response.ts';
import { isErrorCode } from '../../../oauth/errors/index.ts';
import { statusOf } from '../../../oauth/errors/status.ts';
import { apiErrors } from '../../messages/api-errors.ts';
import { placeholders } from '../examples.ts';
import type { DocumentedCode } from './error-codes.ts';

/** An example of a code: an HTTP response, or the address of a callback. */
interface ErrorExample {
  readonly place: 'response' | 'callback';
  readonly text: string;
}

/** Examples of a code as it is sent: by an OAuth endpoint, to the callback, and by the API. */
export function errorExamples(documented: DocumentedCode, issuer: string): readonly ErrorExample[] {
  const { code, oauthError, statuses, redirected, api } = documented;
  return [
    ...(oauthError !== null && statuses.length > 0 ? [oauthResponse(documented, oauthError, issuer)] : []),
    ...(redirected ? [callback(code, issuer)] : []),
    ...(api ? [apiResponse(code)] : []),
  ];
}

function oauthResponse({ code, statuses }: DocumentedCode, error: string, issuer: string): ErrorExample {
  const status = isErrorCode(code) ? statusOf({ error: code }, 'token') : (statuses[0] ?? 400);
  const body = { error, error_description: '…', error_uri: errorUri(issuer, code, 'ID') };
  return httpResponse(status, body, code === 'invalid_client' ? ['WWW-Authenticate: Basic realm="insiders"'] : []);
}

function apiResponse(code: string): ErrorExample {
  const table: Readonly<Record<string, { readonly statuses: readonly number[]; readonly detail: string }>> = apiErrors;
  const { statuses = [500], detail = '' } = table[code] ?? {};
  return httpResponse(statuses[0] ?? 500, { detail, code }, challengeFor(code));
}

/** The `WWW-Authenticate` header of the API (RFC 6750 3). */
function challengeFor(code: string): readonly string[] {
  if (code === 'authentication_required') return ['WWW-Authenticate: Bearer realm="insiders"'];
  return code === 'invalid_token' ? ['WWW-Authenticate: Bearer realm="insiders", error="invalid_token", …'] : [];
}

function httpResponse(status: number, body: object, headers: readonly string[]): ErrorExample {
  const retryAfter = status === 429 || status === 503 ? ['Retry-After: 2'] : [];
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Content-Type: application/json; charset=utf-8'];
  return {
    place: 'response',
    text: [...head, ...headers, ...retryAfter, '', JSON.stringify(body, null, 2)].join('\n'),
  };
}

function callback(code: string, issuer: string): ErrorExample {
  const query = [
    `error=${code}`,
    'error_description=…',
    `error_uri=${encodeURIComponent(errorUri(issuer, code, 'ID'))}`,
    'state=…',
    `iss=${encodeURIComponent(issuer)}`,
  ];
  return { place: 'callback', text: `${placeholders.redirectUri}?${query.join('\n  &')}` };
}
