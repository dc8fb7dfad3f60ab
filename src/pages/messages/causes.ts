import type { OwnCause } from '../../oauth/errors/index.ts';
import type { RevocationCause } from '../../ports/store/index.ts';

/** Why a request was refused, and how the developers fix it. */
interface Explained {
  readonly cause: string;
  readonly fix: string;
}

/** The causes of OAuth errors. The type requires an explanation of each. */
const ofProtocol: Readonly<Record<OwnCause, Explained>> = {
  parameter_repeated: { cause: 'A parameter was sent more than once.', fix: 'Send each parameter once.' },
  parameter_missing: { cause: 'A parameter is missing or empty.', fix: 'Send it.' },
  malformed: {
    cause: 'The parameters could not be decoded.',
    fix: 'Encode them as application/x-www-form-urlencoded in UTF-8, as your HTTP library does.',
  },
  nul_character: { cause: 'A parameter contains a NUL character.', fix: 'Remove the character.' },
  too_many_parameters: { cause: 'The request has more than 1,000 parameters.', fix: 'Send only those you need.' },
  credentials_missing: {
    cause: 'The request has no client credentials.',
    fix: 'Send the client ID and the client secret in the Authorization header (Basic).',
  },
  credentials_malformed: {
    cause: 'The Authorization header is not a valid Basic header.',
    fix: 'Send Basic, a space, and the base64 of client_id:client_secret.',
  },
  credentials_twice: {
    cause: 'The client credentials were sent both in the header and in the body.',
    fix: 'Send them in the header only.',
  },
  credentials_differ: {
    cause: 'The client ID in the body is not the one in the header.',
    fix: 'Leave client_id out of the body.',
  },
  unknown_client: {
    cause: 'No application has this client ID.',
    fix: 'Compare it with the client ID in the portal.',
  },
  client_id_space: {
    cause: 'The client ID has a space or a line break before or after it.',
    fix: 'Remove it where your program reads the client ID. A file, for example, often ends with a line break.',
  },
  too_many_guesses: {
    cause: 'Too many requests from one network had a wrong client ID or client secret.',
    fix: 'Send the right client secret: such a request is never limited. Or wait as long as Retry-After says.',
  },
  wrong_secret: {
    cause: 'The client secret is wrong.',
    fix: 'Compare its last four characters with those in the portal, or create a new secret.',
  },
  secret_missing: {
    cause: 'The request has a client ID but no client secret.',
    fix: 'Send the client secret too. Check that the variable from which your program reads it is not empty.',
  },
  secret_unexpected: {
    cause: 'The request has a client secret, but the application is public and has none.',
    fix: 'Send client_id in the body, and no Authorization header.',
  },
  secret_space: {
    cause: 'The client secret is right, but has a space or a line break before or after it.',
    fix: 'Remove it where your program reads the secret. A file, for example, often ends with a line break.',
  },
  secret_revoked: {
    cause: 'The client secret was revoked.',
    fix: 'Use the newer secret, or create one in the portal.',
  },
  suspended: { cause: 'The application is suspended.', fix: 'The email to its owners says why.' },
  introspection_without_secret: {
    cause: 'A public application called the introspection endpoint.',
    fix: 'Call it from an application with a client secret.',
  },
  unknown_grant_type: {
    cause: 'The grant_type is unknown.',
    fix: 'Send one of the expected values, in lower case.',
  },
  other_grant_type: {
    cause: 'The application has another grant type.',
    fix: 'Use the grant type of the application, or request a change in the portal.',
  },
  response_type: { cause: 'The response_type is not code.', fix: 'Send response_type=code.' },
  response_mode: { cause: 'The response_mode is not query.', fix: 'Leave response_mode out.' },
  request_object: {
    cause: 'The parameters were sent as a request object.',
    fix: 'Send the parameters in the query.',
  },
  prompt: {
    cause: 'The prompt has a value other than login and consent.',
    fix: 'Leave prompt out, or send login, consent, or both.',
  },
  unknown_scope: { cause: 'The scope is not all.', fix: 'Send scope=all, or leave scope out.' },
  scope_exceeds: {
    cause: 'The refresh request has a scope that was not granted.',
    fix: 'Leave scope out when you refresh.',
  },
  challenge_missing: {
    cause: 'PKCE is required for applications without a client secret, and code_challenge is missing.',
    fix: 'Send code_challenge and code_challenge_method=S256.',
  },
  challenge_method_alone: {
    cause: 'The request has code_challenge_method but no code_challenge.',
    fix: 'Send both, or neither if the application has a client secret.',
  },
  challenge_method: { cause: 'The code_challenge_method is not S256.', fix: 'Send code_challenge_method=S256.' },
  challenge_malformed: {
    cause: 'The code_challenge is not a SHA-256 hash.',
    fix: 'Send the base64url of the SHA-256 of the verifier, without padding.',
  },
  code_unknown: {
    cause: 'The code is unknown, or was issued to another application.',
    fix: 'Send the code from the callback unchanged, decoded once.',
  },
  code_invalidated: {
    cause:
      'An earlier request with a wrong redirect_uri or code_verifier, or a new password of the user, invalidated the code.',
    fix: 'Send the user to the authorization endpoint again. A code can be tried only once.',
  },
  code_precedes_switch: {
    cause: 'The code was issued before the grant type of the application was switched. A switch invalidates all codes.',
    fix: 'Send the user to the authorization endpoint again.',
  },
  code_expired: {
    cause: 'The code has expired.',
    fix: 'Redeem the code immediately, while your callback handles the request.',
  },
  code_replayed: {
    cause: 'The code was used before. Its tokens were revoked, because somebody else may have the code.',
    fix: 'Redeem each code once, and do not repeat a token request after you received a response.',
  },
  redirect_uri_differs: {
    cause: 'The redirect_uri is not the one of the authorization request. The code was invalidated.',
    fix: 'Send exactly the same redirect_uri in both requests.',
  },
  verifier_missing: {
    cause: 'The authorization request had a code_challenge, but code_verifier is missing. The code was invalidated.',
    fix: 'Store the verifier of each request with its state, and send it with the code.',
  },
  verifier_malformed: {
    cause:
      'The code_verifier is too short, too long, or has characters that are not allowed. The code was invalidated.',
    fix: 'Create a new verifier for each request: 32 random bytes as base64url, without padding.',
  },
  verifier_without_challenge: {
    cause:
      'The request has a code_verifier, but the authorization request had no code_challenge. The code was invalidated.',
    fix: 'Send code_challenge and code_challenge_method=S256 with the authorization request.',
  },
  verifier_as_challenge: {
    cause: 'The code_challenge is the code_verifier itself, as with the method plain. The code was invalidated.',
    fix: 'Send the SHA-256 of the verifier as code_challenge, as base64url without padding.',
  },
  verifier_wrong: {
    cause: 'The SHA-256 of the code_verifier is not the code_challenge. The code was invalidated.',
    fix: 'Store the verifier of each request with its state. This one probably belongs to another request.',
  },
  refresh_unknown: {
    cause: 'The refresh token is unknown, or was issued to another application.',
    fix: 'Send the refresh_token of the last response unchanged.',
  },
  refresh_evicted: {
    cause: 'Too many newer logins of the same user replaced this refresh token.',
    fix: 'Refresh instead of logging in each time, and store the newest refresh token.',
  },
  refresh_replaced_twice: {
    cause: 'The refresh token has been rotated more than once since.',
    fix: 'Store the refresh token of each response before you use it, and refresh from one place at a time.',
  },
  refresh_replayed: {
    cause: 'A rotated refresh token was used again. The authorization was revoked, because somebody else may have it.',
    fix: 'Ask the user to connect again. Store the refresh token of each response.',
  },
  lost_every_race: {
    cause: 'Several requests used the same code or refresh token at once.',
    fix: 'Refresh from one place at a time, under a lock.',
  },
  wrong_password: {
    cause: 'The user name or the password is wrong.',
    fix: 'Ask the user for them. Do not try again with the same values.',
  },
  ended_since: {
    cause: 'The account or the application changed during the request.',
    fix: 'Try once more. If it fails again, ask the user to log in.',
  },
  too_many_logins: {
    cause: 'There were too many wrong passwords, or very many logins, for the account or from your network.',
    fix: 'Wait as long as Retry-After says.',
  },
  busy: {
    cause: 'There were more logins than the server can check at once.',
    fix: 'Wait as long as Retry-After says. Refresh instead of logging in.',
  },
  redirect_uri_missing: {
    cause: 'The redirect_uri is missing or was sent more than once.',
    fix: 'Send it exactly once.',
  },
  redirect_uri_mismatch: {
    cause: 'The redirect_uri is not a registered callback.',
    fix: 'Send a registered callback, identical to the last character, or register this one.',
  },
  user_denied: {
    cause: 'The user pressed Deny.',
    fix: 'Offer to connect again when the user asks for it.',
  },
};

/** The events that revoke an active code or token. */
const revocations: Readonly<Record<RevocationCause, Explained>> = {
  revoked: {
    cause:
      'It was revoked: by a revocation request of your application, because its code was used a second time, or because it was reported as leaked.',
    fix: 'Ask the user to connect again. If your application did not revoke it, look for the second use or the leak.',
  },
  disconnected: { cause: 'The user disconnected the application.', fix: 'Ask the user to connect again.' },
  ended_by_replay: {
    cause: 'A rotated refresh token was used again, which revoked the authorization: somebody else may have the token.',
    fix: 'Ask the user to connect again. Store the refresh token of each response.',
  },
  ended_by_administrator: {
    cause: 'An owner of the application disconnected all users, or an administrator revoked the authorization.',
    fix: 'Ask the user to connect again.',
  },
  password_changed: {
    cause:
      'The user changed the password, or the account was disabled for a time. Both revoke what was issued for the password.',
    fix: 'Ask the user for the current password.',
  },
  user_disabled: { cause: 'The account of the user is disabled.', fix: 'Stop sending requests for this user.' },
  application_suspended: { cause: 'The application is suspended.', fix: 'The email to its owners says why.' },
};

/** The causes of refusals for such an event, for example `code_disconnected`. */
const revocationCauses = (kind: 'code' | 'refresh' | 'token') =>
  Object.fromEntries(Object.entries(revocations).map(([event, explained]) => [`${kind}_${event}`, explained]));

/** The causes of errors of the API and of the bearer guard. */
const ofApi = {
  token_expired: {
    cause: 'The access token has expired.',
    fix: 'Refresh it; expires_in says how long a token is valid.',
  },
  api_invalid_request: {
    cause: 'A parameter or the body is malformed.',
    fix: 'The detail of the response says which.',
  },
  api_not_found: {
    cause: 'It does not exist, or not for this user.',
    fix: 'Use only IDs from the lists of this user.',
  },
  api_not_owner: { cause: 'The user is not the current owner of the device.', fix: 'Check its ownership first.' },
  api_device_owned: { cause: 'Somebody else owns the device.', fix: 'The current owner must release it first.' },
  api_throttled: { cause: 'The application sent too many requests.', fix: 'Wait as long as Retry-After says.' },
  api_too_large: { cause: 'The body is too large.', fix: 'Send less at once.' },
  api_unsupported_media_type: { cause: 'The body is not JSON.', fix: 'Send content-type: application/json.' },
  api_method_not_allowed: {
    cause: 'The address does not support this method.',
    fix: 'The Allow header lists the methods that it supports.',
  },
  api_temporarily_unavailable: {
    cause: 'The service was busy for a moment.',
    fix: 'Wait as long as Retry-After says.',
  },
  api_server_error: {
    cause: 'An error of the server.',
    fix: 'Try again. If it keeps failing, send us the request ID.',
  },
} as const;

const ofRevocations = { ...revocationCauses('code'), ...revocationCauses('refresh'), ...revocationCauses('token') };

/** The names with which earlier releases stored refused requests, and the current names. */
const formerNames: Readonly<Record<string, OwnCause>> = {
  code_burned: 'code_invalidated',
  secret_retired: 'secret_revoked',
  too_many_log_ins: 'too_many_logins',
};

const ofFormerNames = Object.fromEntries(
  Object.entries(formerNames).map(([former, cause]) => [former, ofProtocol[cause]]),
);

/** The explanation of every cause that may be stored with a refused request. */
export const causes: Readonly<Record<string, Explained>> = {
  ...ofProtocol,
  ...ofRevocations,
  ...ofApi,
  ...ofFormerNames,
};
