import { STATUS_CODES } from 'node:http';
import { errorUri } from '../../../oauth/authorize/response.ts';
import { isErrorCode } from '../../../oauth/errors/index.ts';
import { statusOf } from '../../../oauth/errors/status.ts';
import { apiErrors } from '../../messages/api-errors.ts';
import { placeholders } from '../examples.ts';
import type { DocumentedCode } from './error-codes.ts';

interface ErrorExample {
  readonly place: 'answer' | 'callback';
  readonly text: string;
}

/** The answers that carry a code, as they go over the wire. */
export function errorExamples(known: DocumentedCode, issuer: string): readonly ErrorExample[] {
  return [
    ...(known.oauthError !== null && known.statuses.length > 0 ? [oauthAnswer(known, known.oauthError, issuer)] : []),
    ...(known.redirected ? [callback(known.code, issuer)] : []),
    ...(known.api ? [apiAnswer(known.code)] : []),
  ];
}

function oauthAnswer({ code, statuses }: DocumentedCode, error: string, issuer: string): ErrorExample {
  const status = isErrorCode(code) ? statusOf({ error: code }, 'token') : (statuses[0] ?? 400);
  const body = { error, error_description: '…', error_uri: errorUri(issuer, code, 'ID') };
  return answer(status, body, code === 'invalid_client' ? ['WWW-Authenticate: Basic realm="insiders"'] : []);
}

function apiAnswer(code: string): ErrorExample {
  const table: Readonly<Record<string, { readonly statuses: readonly number[]; readonly detail: string }>> = apiErrors;
  const { statuses = [500], detail = '' } = table[code] ?? {};
  return answer(statuses[0] ?? 500, { detail, code }, challengeFor(code));
}

function challengeFor(code: string): readonly string[] {
  if (code === 'authentication_required') return ['WWW-Authenticate: Bearer realm="insiders"'];
  return code === 'invalid_token' ? ['WWW-Authenticate: Bearer realm="insiders", error="invalid_token", …'] : [];
}

function answer(status: number, body: object, headers: readonly string[]): ErrorExample {
  const wait = status === 429 || status === 503 ? ['Retry-After: 2'] : [];
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Content-Type: application/json; charset=utf-8'];
  return { place: 'answer', text: [...head, ...headers, ...wait, '', JSON.stringify(body, null, 2)].join('\n') };
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
