import type { OtherCause } from '../../oauth/errors.ts';
import type { Ending } from '../../ports/store/index.ts';

interface Explained {
  readonly cause: string;
  readonly mend: string;
}

/** What lay behind each refusal, for the people who run the application. A cause without words does not compile. */
const ofProtocol: Readonly<Record<OtherCause, Explained>> = {
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
    cause: 'There is no application with this client ID.',
    mend: 'Compare it with the one in the portal.',
  },
  client_id_space: {
    cause: 'The client ID has a space or a line break around it.',
    mend: 'Remove it where your program reads the client ID: from a file, for example, a line break comes with it.',
  },
  wrong_secret: {
    cause: 'The client secret is wrong.',
    mend: 'Compare its last four characters with those in the portal, or create a new one.',
  },
  secret_missing: {
    cause: 'The client ID came without a client secret.',
    mend: 'Send the secret too. Check whether the variable is empty that your program reads it from.',
  },
  secret_unexpected: {
    cause: 'A client secret came, but the application is public and has none.',
    mend: 'Send client_id in the body, and no Authorization header.',
  },
  secret_space: {
    cause: 'The client secret is right, but has a space or a line break around it.',
    mend: 'Remove it where your program reads the secret: from a file, for example, a line break comes with it.',
  },
  secret_retired: {
    cause: 'The client secret was revoked.',
    mend: 'Use the newer one, or create one in the portal.',
  },
  suspended: { cause: 'The application is suspended.', mend: 'The mail to its owners says why.' },
  introspection_without_secret: {
    cause: 'An application without a secret asked for introspection.',
    mend: 'Only applications that keep a secret may.',
  },
  unknown_grant_type: {
    cause: 'The grant_type is unknown.',
    mend: 'Send one of those that were expected, in lower case.',
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
    cause: 'PKCE is incomplete: code_challenge is missing.',
    mend: 'Send code_challenge and code_challenge_method=S256. Without a secret, PKCE is required.',
  },
  challenge_method: { cause: 'The code_challenge_method is not S256.', mend: 'Send code_challenge_method=S256.' },
  challenge_malformed: {
    cause: 'The code_challenge is not a SHA-256.',
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
  code_expired: {
    cause: 'The code has expired.',
    mend: 'Redeem a code at once, in the request that your callback serves.',
  },
  code_replayed: {
    cause: 'The code was redeemed before. What it produced was ended, because somebody else may have it.',
    mend: 'Redeem a code once, and do not repeat a token request that was answered.',
  },
  redirect_uri_differs: {
    cause: 'The redirect_uri is not the one of the authorization request. The code was ended.',
    mend: 'Send the very same text both times.',
  },
  verifier_missing: {
    cause: 'The authorization request had a code_challenge, and the code_verifier is missing. The code was ended.',
    mend: 'Keep the verifier of each request with its state, and send it with the code.',
  },
  verifier_malformed: {
    cause:
      'The code_verifier is too short, too long, or has other characters than those that are allowed. The code was ended.',
    mend: 'Create it anew for each request: 32 random bytes as base64url, without padding.',
  },
  verifier_without_challenge: {
    cause: 'A code_verifier came, and the authorization request had no code_challenge. The code was ended.',
    mend: 'Send code_challenge and code_challenge_method=S256 with the authorization request.',
  },
  verifier_as_challenge: {
    cause: 'The code_challenge is the code_verifier itself, as with the method plain. The code was ended.',
    mend: 'Send the SHA-256 of the verifier as code_challenge, as base64url without padding.',
  },
  verifier_wrong: {
    cause: 'The SHA-256 of the code_verifier is not the code_challenge. The code was ended.',
    mend: 'Keep the verifier of each request with its state: this is probably the one of another request.',
  },
  refresh_unknown: {
    cause: 'The refresh token is unknown, or was issued to another application.',
    mend: 'Send the refresh_token of the last answer, as it came.',
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

/** What ended a code or a token that was active. */
const endings: Readonly<Record<Ending, Explained>> = {
  revoked: {
    cause:
      'It was revoked: by a revocation request of your application, because its code came a second time, or because it was reported as leaked.',
    mend: 'Ask the user again. If your application did not revoke it, look for the code or the leak.',
  },
  disconnected: { cause: 'The user disconnected the application.', mend: 'Ask the user again.' },
  ended_by_replay: {
    cause: 'A refresh token that was replaced came again, which ended the connection: somebody else may have it.',
    mend: 'Ask the user again. Store the refresh token of each response.',
  },
  ended_by_administrator: {
    cause: 'An owner of the application disconnected all users, or an administrator ended the connection.',
    mend: 'Ask the user again.',
  },
  password_changed: {
    cause: 'The user changed the password, or the account was disabled for a time. Either ends what a password opened.',
    mend: 'Ask the user for the current password.',
  },
  user_disabled: { cause: 'The account of the user is disabled.', mend: 'Stop asking for this user.' },
  application_suspended: { cause: 'The application is suspended.', mend: 'The mail to its owners says why.' },
};

const ofEndings = (what: 'code' | 'refresh' | 'token') =>
  Object.fromEntries(Object.entries(endings).map(([ending, text]) => [`${what}_${ending}`, text]));

/** What the API refuses, and the bearer guard. */
const ofApi = {
  token_expired: { cause: 'The access token has expired.', mend: 'Refresh it; expires_in says when.' },
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

const ofCodesAndTokens = { ...ofEndings('code'), ...ofEndings('refresh'), ...ofEndings('token') };

export const causes: Readonly<Record<string, Explained>> = { ...ofProtocol, ...ofCodesAndTokens, ...ofApi };
