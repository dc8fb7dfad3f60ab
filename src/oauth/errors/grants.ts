import type { RevocationCause } from '../../ports/store/index.ts';
import type { ErrorRow } from './row.ts';

/** Errors of a grant that an authenticated client presented to the token endpoint. */
const grant = {
  error: 'invalid_grant',
  source: 'RFC 6749 5.2',
  at: ['token'],
  redirect: false,
  authenticated: true,
} as const satisfies Partial<ErrorRow>;

/** One text for all causes: the response does not tell the holder of a stolen code what else the code needs. */
const code = {
  ...grant,
  text: 'The authorization code is invalid, expired, used already, or was not issued for this request',
} as const satisfies ErrorRow;

const verifier = { ...code, source: 'RFC 7636 4.6' } as const satisfies ErrorRow;

export const codeErrors = {
  code_unknown: code,
  code_invalidated: code,
  code_precedes_switch: code,
  code_expired: { ...code, shows: 'both' },
  code_replayed: { ...code, source: 'RFC 6749 4.1.2' },
  redirect_uri_differs: { ...code, source: 'RFC 6749 4.1.3', shows: 'both' },
  verifier_missing: verifier,
  verifier_malformed: { ...verifier, shows: 'both' },
  verifier_without_challenge: { ...verifier, source: 'RFC 9700 4.8.2' },
  verifier_as_challenge: verifier,
  verifier_wrong: { ...verifier, shows: 'both' },
} as const satisfies Readonly<Record<string, ErrorRow>>;

const refresh = {
  ...grant,
  text: 'The refresh token is invalid, revoked, or was issued to another application',
} as const satisfies ErrorRow;

export const refreshErrors = {
  refresh_unknown: refresh,
  refresh_evicted: refresh,
  refresh_replaced_twice: refresh,
  refresh_replayed: { ...refresh, source: 'RFC 9700 4.14.2' },
  scope_exceeds: {
    ...grant,
    error: 'invalid_scope',
    text: 'The scope exceeds what was granted',
    source: 'RFC 6749 6',
    shows: 'both',
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** The code or the refresh token was revoked, by itself or with its authorization, user or application. */
export const revocationErrors = {
  code_revoked: code,
  code_disconnected: code,
  code_ended_by_replay: code,
  code_ended_by_administrator: code,
  code_password_changed: code,
  code_user_disabled: code,
  code_application_suspended: code,
  refresh_revoked: refresh,
  refresh_disconnected: refresh,
  refresh_ended_by_replay: refresh,
  refresh_ended_by_administrator: refresh,
  refresh_password_changed: refresh,
  refresh_user_disabled: refresh,
  refresh_application_suspended: refresh,
} as const satisfies Readonly<Record<`${'code' | 'refresh'}_${RevocationCause}`, ErrorRow>>;

const login = {
  ...grant,
  text: 'The user name or the password is wrong',
  source: 'RFC 6749 4.3.2',
} as const satisfies ErrorRow;

const overload = { ...grant, error: 'temporarily_unavailable', waits: true } as const satisfies Partial<ErrorRow>;

export const loginErrors = {
  wrong_password: login,
  ended_since: login,
  /** RFC 6749 has no error code for throttling. */
  too_many_logins: {
    ...overload,
    text: 'Too many logins; try again after the time in Retry-After',
    status: 429,
    source: 'RFC 6585 4',
  },
  busy: {
    ...overload,
    text: 'Too many log-ins at once; try again after the time in Retry-After',
    source: 'RFC 6749 4.1.2.1',
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** Concurrent requests with the same code or refresh token. */
export const raceErrors = {
  lost_every_race: { ...grant, text: 'The grant ended while it was being used' },
} as const satisfies Readonly<Record<string, ErrorRow>>;
