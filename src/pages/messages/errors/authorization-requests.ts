import type { authorizationRequestErrors } from '../../../oauth/errors/authorization-requests.ts';
import type { CauseExplanations, CodeExplanations } from '../explanation.ts';

export const authorizationRequestCodes = {
  unsupported_response_type: {
    meaning: 'The authorization endpoint returns only codes.',
    see: 'Look at the response_type in the address to which you send the browser.',
    causes: [{ cause: 'response_type is not code.', fix: 'Send response_type=code.' }],
  },
  request_not_supported: {
    meaning: 'The server takes no request objects.',
    see: 'Print the address of your authorization request, and look for the parameter request.',
    causes: [
      {
        cause: 'The authorization request has the parameter request (RFC 9101).',
        fix: 'Switch request objects off in your library, so that it sends each parameter in the query.',
      },
    ],
  },
  request_uri_not_supported: {
    meaning: 'The server takes no request objects by reference.',
    see: 'Print the address of your authorization request, and look for the parameter request_uri.',
    causes: [
      {
        cause: 'The authorization request has the parameter request_uri (RFC 9101, RFC 9126).',
        fix: 'Switch request objects and pushed authorization requests off in your library, so that it sends each parameter in the query.',
      },
    ],
  },
  access_denied: {
    meaning: 'The user pressed Deny.',
    see: 'Your callback receives error=access_denied, with the state of the request.',
    causes: [
      {
        cause: 'The user does not want to connect the application.',
        fix: 'Offer to connect again when the user asks for it.',
      },
    ],
  },
} as const satisfies CodeExplanations;

export const authorizationRequestCauses: CauseExplanations<typeof authorizationRequestErrors> = {
  redirect_uri_missing: {
    cause: 'The redirect_uri is missing or was sent more than once.',
    fix: 'Send it exactly once.',
  },
  redirect_uri_mismatch: {
    cause: 'The redirect_uri is not a registered callback.',
    fix: 'Send a registered callback, identical to the last character, or register this one.',
  },
  redirect_uri_ambiguous: {
    cause: 'The registered callback has a parameter in its query that the response has too, such as code or state.',
    fix: 'Register a callback without this parameter, and send that one.',
  },
  response_type: { cause: 'The response_type is not code.', fix: 'Send response_type=code.' },
  response_mode: { cause: 'The response_mode is not query.', fix: 'Leave response_mode out.' },
  request_object: {
    cause: 'The parameters were sent as a request object, in the parameter request.',
    fix: 'Leave request out, and send each parameter in the query.',
  },
  request_uri: {
    cause: 'The parameters were sent by reference, with the parameter request_uri.',
    fix: 'Leave request_uri out, and send each parameter in the query.',
  },
  prompt: {
    cause: 'The prompt has a value other than login and consent.',
    fix: 'Leave prompt out, or send login, consent, or both.',
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
  user_denied: {
    cause: 'The user pressed Deny.',
    fix: 'Offer to connect again when the user asks for it.',
  },
};
