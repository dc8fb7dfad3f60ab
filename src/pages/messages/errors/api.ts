import type { CauseExplanation } from '../explanation.ts';

/** The causes of errors of the API and of the bearer guard. */
export const apiCauses: Readonly<Record<string, CauseExplanation>> = {
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
};
