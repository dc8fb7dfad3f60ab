import { oauthErrorOf } from '../../../http/problem.ts';
import type { Endpoint } from '../../../oauth/errors/endpoints.ts';
import { type Cause, errorRows } from '../../../oauth/errors/index.ts';
import { statusOf } from '../../../oauth/errors/status.ts';
import { type ApiErrorCode, apiErrors } from '../../messages/api-errors.ts';
import { type RequestId, requests } from '../../messages/documented-requests.ts';

/** The response of the server to a request that the documentation describes. */
export interface DocumentedResponse {
  /**
   * `oauth`, `api`: an error of these endpoints. `callback`: a redirect sends the error to the application. `page`: the
   * error is shown to a person.
   */
  readonly at: 'oauth' | 'api' | 'callback' | 'page' | 'success';
  readonly status: number;
  /** The `error` or `code` that is sent; `null`: a success, or a page for a person. */
  readonly code: string | null;
  /** The code whose page explains the error; `error_uri` is the address of that page. `null`: a success. */
  readonly explainedAt: string | null;
}

/** One response for each documented request. Statuses and codes come from the tables that the server itself uses. */
const responses: Readonly<Record<RequestId, DocumentedResponse>> = {
  client_wrong: oauth('wrong_secret'),
  client_missing: oauth('credentials_missing'),
  client_in_query: oauth('credentials_missing'),
  client_twice: oauth('credentials_twice'),
  token_not_a_form: http('invalid_request'),
  token_parameter_missing: oauth('parameter_missing'),
  token_parameter_twice: oauth('parameter_repeated'),
  token_unknown_grant: oauth('unknown_grant_type'),
  token_other_grant: oauth('other_grant_type'),
  token_unknown_scope: oauth('unknown_scope'),
  token_get: http('method_not_allowed'),
  token_too_large: http('too_large'),
  token_too_many_parameters: oauth('too_many_parameters'),
  post_without_slash: http('not_found'),
  get_without_slash: success(308),
  code_redeemed: success(200),
  code_used: oauth('code_replayed'),
  code_expired: oauth('code_expired'),
  code_without_redirect_uri: oauth('parameter_missing'),
  code_other_redirect_uri: oauth('redirect_uri_differs'),
  code_after_other_redirect_uri: oauth('code_invalidated'),
  code_after_wrong_secret: success(200),
  verifier_missing: oauth('verifier_missing'),
  verifier_wrong: oauth('verifier_wrong'),
  verifier_unasked: oauth('verifier_without_challenge'),
  code_after_wrong_verifier: oauth('code_invalidated'),
  authorize_denied: callback('user_denied'),
  authorize_unknown_scope: callback('unknown_scope'),
  authorize_response_type: callback('response_type'),
  authorize_request_object: callback('request_object'),
  authorize_request_uri: callback('request_uri'),
  authorize_plain_challenge: callback('challenge_method'),
  authorize_without_challenge: callback('challenge_missing'),
  authorize_other_grant: callback('other_grant_type'),
  authorize_unknown_client: page('unknown_client'),
  authorize_other_redirect_uri: page('redirect_uri_mismatch'),
  password_wrong: oauth('wrong_password'),
  password_unknown_user: oauth('wrong_password'),
  password_too_often: oauth('too_many_logins'),
  refresh_ok: success(200),
  refresh_ended: oauth('refresh_revoked'),
  refresh_other_client: oauth('refresh_unknown'),
  refresh_within_overlap: success(200),
  refresh_replayed: oauth('refresh_replayed'),
  refresh_after_replay: oauth('refresh_ended_by_replay'),
  refresh_unknown_scope: oauth('unknown_scope'),
  revoke_ok: success(200),
  revoke_unknown: success(200),
  revoke_without_token: oauth('parameter_missing', 'revoke'),
  introspect_own: success(200),
  introspect_other: success(200),
  introspect_public: oauth('introspection_without_secret', 'introspect'),
  introspect_without_token: oauth('parameter_missing', 'introspect'),
  report_leak: success(200),
  api_ok: success(200),
  api_no_token: api('authentication_required'),
  api_token_in_query: api('authentication_required'),
  api_other_scheme: api('invalid_token'),
  api_malformed_token: api('invalid_token'),
  api_refresh_token: api('invalid_token'),
  api_two_headers: api('invalid_token'),
  api_expired_token: api('invalid_token'),
  api_ended_token: api('invalid_token'),
  api_post_without_slash: api('not_found'),
  api_unknown_id: api('not_found'),
  api_leading_zero: api('not_found'),
  api_parameter_twice: api('invalid_request'),
  api_wrong_value: api('invalid_request'),
  api_not_json: api('invalid_request'),
  api_form: api('unsupported_media_type'),
  api_too_large: api('too_large'),
  api_wrong_method: api('method_not_allowed'),
  api_too_often: api('throttled'),
  take_new: success(201),
  take_own: success(200),
  take_unknown: api('not_found'),
  take_owned: api('device_owned'),
  take_too_often: api('throttled'),
  release_earlier: api('not_owner'),
  name_earlier: api('not_owner'),
};

const requestIds = Object.keys(requests) as readonly RequestId[];

export function documentedResponse(id: RequestId): DocumentedResponse {
  return responses[id];
}

/** Status and linked code in Markdown: `400 [invalid_grant](…)`. */
function responseText(id: RequestId): string {
  const { at, status, code, explainedAt } = responses[id];
  if (code === null) return String(status);
  const link = `[\`${code}\`](/docs/errors/${explainedAt}/)`;
  return at === 'callback' ? `${link} at the callback` : `${status} ${link}`;
}

/** The fact `response.{id}` of each documented request, for example `response.code_used`. */
export const responseFacts: Readonly<Record<string, string>> = Object.fromEntries(
  requestIds.map((id) => [`response.${id}`, responseText(id)]),
);

/** Replaces each line `{{responses id id …}}` by a Markdown table. @throws {Error} for an unknown ID */
export function expandResponses(markdown: string): string {
  return markdown.replace(/^\{\{responses ([^}]*)\}\}$/gm, (_line, ids: string) => {
    const rows = ids.split(' ').map((id) => `| ${requests[requestId(id)]} | ${responseText(requestId(id))} |`);
    return ['| Request | Response |', '| --- | --- |', ...rows].join('\n');
  });
}

function requestId(text: string): RequestId {
  const id = requestIds.find((known) => known === text);
  if (id === undefined) throw new Error(`There is no documented request called ${text}`);
  return id;
}

function success(status: number): DocumentedResponse {
  return { at: 'success', status, code: null, explainedAt: null };
}

function oauth(cause: Cause, endpoint: Endpoint = 'token'): DocumentedResponse {
  const row = errorRows[cause];
  return { at: 'oauth', status: statusOf(row, endpoint), code: row.error, explainedAt: row.error };
}

function callback(cause: Cause): DocumentedResponse {
  return { ...oauth(cause, 'authorize'), at: 'callback' };
}

function page(cause: Cause): DocumentedResponse {
  return { ...oauth(cause, 'authorize'), at: 'page', code: null };
}

function api(code: ApiErrorCode): DocumentedResponse {
  return { at: 'api', status: apiErrors[code].statuses[0], code, explainedAt: code };
}

/** A problem of HTTP, such as 404, at an OAuth endpoint. */
function http(code: ApiErrorCode): DocumentedResponse {
  return { ...api(code), at: 'oauth', code: oauthErrorOf(code) };
}
