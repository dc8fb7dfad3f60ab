import type { Cause } from '../../oauth/errors.ts';

interface Explained {
  readonly cause: string;
  readonly mend: string;
}

/** What lay behind each refusal, for the people who run the application. A cause without words does not compile. */
const ofProtocol: Readonly<Record<Cause, Explained>> = {
  parameter_repeated: { cause: 'A parameter came twice.', mend: 'Send each parameter once.' },
  parameter_missing: { cause: 'A parameter is missing, or empty.', mend: 'Send it.' },
  malformed: {
    cause: 'The form could not be decoded.',
    mend: 'Encode it as application/x-www-form-urlencoded in UTF-8, as your HTTP library does.',
  },
  credentials_missing: {
    cause: 'No client credentials came.',
    mend: 'Send the client id and the secret in the Authorization header (Basic).',
  },
  credentials_malformed: {
    cause: 'The Authorization header is no Basic one.',
    mend: 'Send Basic and the base64 of client_id:client_secret.',
  },
  credentials_twice: {
    cause: 'The credentials came in the header and in the body.',
    mend: 'Send them in the header only.',
  },
  credentials_differ: {
    cause: 'The client id in the body is not the one in the header.',
    mend: 'Leave client_id out of the body.',
  },
  unknown_client: {
    cause: 'There is no application with this client id.',
    mend: 'Compare it with the one in the portal.',
  },
  wrong_secret: {
    cause: 'The client secret is wrong, missing, or retired.',
    mend: 'Compare its last four characters with those in the portal, or make a new one.',
  },
  suspended: { cause: 'The application is suspended.', mend: 'The mail to its owners says why.' },
  introspection_without_secret: {
    cause: 'An application without a secret asked for introspection.',
    mend: 'Only applications that keep a secret may.',
  },
  unknown_grant_type: {
    cause: 'The grant_type is none of ours.',
    mend: 'It is authorization_code, password or refresh_token, in lower case.',
  },
  other_grant_type: {
    cause: 'The application has the other grant type.',
    mend: 'Use the grant type of the application, or ask for the other one in the portal.',
  },
  response_type: { cause: 'The response_type is not code.', mend: 'Send response_type=code.' },
  response_mode: { cause: 'The response_mode is not query.', mend: 'Leave response_mode out.' },
  request_object: { cause: 'The request came as a request object.', mend: 'Send its parameters in the query.' },
  prompt: { cause: 'The prompt is neither login nor consent.', mend: 'Leave it out, or send one of the two.' },
  unknown_scope: { cause: 'The scope is not all.', mend: 'Send scope=all, or leave it out.' },
  scope_exceeds: {
    cause: 'A refresh asked for another scope than was granted.',
    mend: 'Leave scope out of a refresh.',
  },
  challenge_missing: {
    cause: 'PKCE is incomplete: there is no code_challenge.',
    mend: 'Send code_challenge and code_challenge_method=S256. Without a secret, PKCE is required.',
  },
  challenge_method: { cause: 'The code_challenge_method is not S256.', mend: 'Send code_challenge_method=S256.' },
  challenge_malformed: {
    cause: 'The code_challenge is no SHA-256.',
    mend: 'It is the base64url of the SHA-256 of the verifier, without padding.',
  },
  code_unknown: {
    cause: 'The code is unknown, or was issued to another application.',
    mend: 'Send the code of the callback as it came, decoded once.',
  },
  code_burned: {
    cause: 'The code was refused before, for a wrong redirect_uri or verifier.',
    mend: 'Ask the user again; a code gets one try.',
  },
  code_expired: { cause: 'The code is older than five minutes.', mend: 'Redeem a code at once.' },
  code_ended: { cause: 'The user disconnected the application meanwhile.', mend: 'Ask the user again.' },
  code_replayed: {
    cause: 'The code was redeemed before. What it produced was ended, because somebody else may have it.',
    mend: 'Redeem a code once, and do not repeat a token request that was answered.',
  },
  redirect_uri_differs: {
    cause: 'The redirect_uri is not the one of the authorization request. The code was ended.',
    mend: 'Send the very same text both times.',
  },
  verifier_wrong: {
    cause: 'The code_verifier does not belong to the code_challenge. The code was ended.',
    mend: 'Keep the verifier of each request with its state.',
  },
  refresh_unknown: {
    cause: 'The refresh token is unknown, or was issued to another application.',
    mend: 'Send the refresh_token of the last answer, as it came.',
  },
  refresh_revoked: {
    cause: 'The refresh token was revoked, or the user disconnected the application.',
    mend: 'Ask the user again.',
  },
  refresh_evicted: {
    cause: 'Too many newer log-ins of the same user took the place of this refresh token.',
    mend: 'Refresh instead of logging in each time, and store the newest refresh token.',
  },
  refresh_replaced_twice: {
    cause: 'The refresh token was replaced more than once already.',
    mend: 'Store the refresh token of each answer before you use it, and refresh from one place at a time.',
  },
  refresh_replayed: {
    cause: 'A replaced refresh token came again. The authorization was ended, because somebody else may have it.',
    mend: 'Ask the user again. Store the refresh token of each answer.',
  },
  lost_every_race: {
    cause: 'Several requests used the same grant at once.',
    mend: 'Refresh from one place at a time, under a lock.',
  },
  wrong_password: {
    cause: 'The user name or the password is wrong.',
    mend: 'Ask the user. Do not try again with the same ones.',
  },
  ended_since: {
    cause: 'The account or the application changed while the request was served.',
    mend: 'Try again once; if it fails again, ask the user.',
  },
  too_many_log_ins: {
    cause: 'Too many wrong passwords, or very many logins, for the account or from your network.',
    mend: 'Wait as long as Retry-After says.',
  },
  busy: {
    cause: 'More log-ins than can be checked at once.',
    mend: 'Wait as long as Retry-After says. Refresh instead of logging in.',
  },
  redirect_uri_missing: { cause: 'The redirect_uri is missing or came twice.', mend: 'Send it exactly once.' },
  redirect_uri_mismatch: {
    cause: 'The redirect_uri is none of the registered callbacks.',
    mend: 'Send a registered one to the last character, or register this one.',
  },
  user_denied: { cause: 'The user pressed Deny.', mend: 'Respect it.' },
};

/** What the API refuses, and the bearer guard. */
const ofApi = {
  token_expired: { cause: 'The access token has expired.', mend: 'Refresh it; expires_in says when.' },
  token_revoked: {
    cause: 'The access token was revoked, the user disconnected the application, or it is suspended.',
    mend: 'Try a refresh; if that is refused, ask the user again.',
  },
  api_invalid_request: { cause: 'A parameter or the body is malformed.', mend: 'The detail of the answer says which.' },
  api_not_found: {
    cause: 'There is no such thing, or not for this user.',
    mend: 'Ask only for ids that a list of this user held.',
  },
  api_not_owner: { cause: 'The user does not own the device now.', mend: 'Look at its ownership first.' },
  api_device_owned: { cause: 'Somebody else owns the device now.', mend: 'They have to release it first.' },
  api_throttled: { cause: 'The application sent too many requests.', mend: 'Wait as long as Retry-After says.' },
  api_too_large: { cause: 'The body is too large.', mend: 'Send less at once.' },
  api_unsupported_media_type: { cause: 'The body is not JSON.', mend: 'Send content-type: application/json.' },
  api_method_not_allowed: {
    cause: 'The address does not take this method.',
    mend: 'The Allow header names those it takes.',
  },
  api_temporarily_unavailable: {
    cause: 'The service was busy for a moment.',
    mend: 'Wait as long as Retry-After says.',
  },
  api_server_error: { cause: 'A fault of the server.', mend: 'Try again; if it stays, send us the request id.' },
} as const;

export const causes: Readonly<Record<string, Explained>> = { ...ofProtocol, ...ofApi };
