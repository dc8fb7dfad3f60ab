import type { OAuthErrorCode } from '../../oauth/errors/codes.ts';
import type { Explanation } from './explanation.ts';

/** The explanation of each error code of the OAuth endpoints, in English. The type requires one for each code. */
export const oauthErrors: Readonly<Record<OAuthErrorCode, Explanation>> = {
  invalid_request: {
    meaning: 'The request is malformed: something is missing, repeated, or in the wrong form.',
    see: 'The error_description names the parameter or the rule; the API says it in detail. A wrong address, a wrong method and a body that is too large come with a status and a page of their own.',
    causes: [
      {
        cause: 'The body of a token request is not a form.',
        fix: 'Send it as application/x-www-form-urlencoded, by POST, to the address with its trailing slash.',
      },
      {
        cause:
          'The redirect_uri of an authorization request is missing, or is not a registered callback. The user then sees a page of this site.',
        fix: 'Send a registered callback, the same to the last character: scheme, host, port, path and trailing slash.',
      },
      {
        cause: 'A parameter is missing, or was sent more than once.',
        fix: 'The description says which one is missing. Send each parameter once.',
      },
      {
        cause: 'The client credentials were sent both in the header and in the body.',
        fix: 'Send them in one place, preferably in the Authorization header.',
      },
      {
        cause: 'code_challenge was sent without code_challenge_method=S256, or is missing for a public application.',
        fix: 'Send both. S256 is the only method.',
      },
    ],
  },
  invalid_client: {
    meaning: 'The application could not be authenticated, or is suspended.',
    see: 'The response has a Basic challenge. Unknown, wrong and suspended look the same from outside, so that nobody can find out client IDs. Print the first characters of the client ID and the length of the secret that your program really uses.',
    causes: [
      {
        cause:
          'The client ID or the secret is wrong, belongs to another environment, or has a space or a line break before or after it.',
        fix: 'Compare both with the portal. A secret begins with insiders_secret_.',
      },
      { cause: 'The secret was revoked.', fix: 'Use the newer secret.' },
      { cause: 'The application is suspended.', fix: 'Contact the support.' },
    ],
  },
  invalid_grant: {
    meaning: 'The code, the refresh token, or the user name and password are not valid.',
    see: 'The error_description says which of the three is not valid. Print grant_type and redirect_uri as your program sends them, without the code, token or password.',
    causes: [
      {
        cause: 'The code was used before, or has expired.',
        fix: 'Send the user to the authorization endpoint again. A code can be used once, within a few minutes: redeem it immediately, and do not repeat a token request after you received a response.',
      },
      {
        cause: 'redirect_uri differs from the one of the authorization request.',
        fix: 'Send exactly the same redirect_uri in both requests.',
      },
      {
        cause: 'code_verifier is missing, does not belong to the code, or was sent for a code without a challenge.',
        fix: 'Store the verifier of each request with its state.',
      },
      {
        cause: 'The user disconnected the application, or the refresh token was revoked or rotated.',
        fix: 'Ask the user to connect again. Always store the refresh token of the last response.',
      },
      {
        cause: 'The user name or the password is wrong.',
        fix: 'Ask the user for them. Do not try again with the same values.',
      },
    ],
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
  unauthorized_client: {
    meaning: 'The application may not use this grant.',
    see: 'The error_description names the grant type that the application has. It is also shown on the application’s page in the portal.',
    causes: [
      {
        cause:
          'Each application has exactly one grant type, and this application has another one. At the authorization endpoint, an application with the password grant is refused on a page of this site if it has no callback.',
        fix: 'Use the grant type of the application, or request a change in the portal.',
      },
    ],
  },
  unsupported_grant_type: {
    meaning: 'The server does not know this grant type.',
    see: 'Print the grant_type that your program sends. Libraries often have their own names for it.',
    causes: [
      {
        cause: 'grant_type is not authorization_code, password or refresh_token.',
        fix: 'Send one of these values, in lower case.',
      },
    ],
  },
  invalid_scope: {
    meaning: 'The scope is unknown, or more than was granted.',
    see: 'Print the scope that your program sends. Many libraries add openid, profile or offline_access by themselves.',
    causes: [{ cause: 'There is one scope: all.', fix: 'Send scope=all, or leave the parameter out.' }],
  },
  unsupported_response_type: {
    meaning: 'The authorization endpoint returns only codes.',
    see: 'Look at the response_type in the address to which you send the browser.',
    causes: [{ cause: 'response_type is not code.', fix: 'Send response_type=code.' }],
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
  server_error: {
    meaning: 'Something went wrong on our side.',
    see: 'The X-Request-Id header of the response identifies the request in our log.',
    causes: [
      {
        cause: 'An error of the server.',
        fix: 'Try again a little later. If it keeps failing, send us the value of the X-Request-Id header.',
      },
    ],
  },
  temporarily_unavailable: {
    meaning: 'The server is busy, or too many logins failed.',
    see: 'The Retry-After header says how many seconds to wait.',
    causes: [
      {
        cause:
          'There were too many wrong passwords, or very many logins, for one account or from one network (status 429).',
        fix: 'Wait as long as the Retry-After header says, in seconds. Do not try a wrong password again.',
      },
      {
        cause:
          'There were more logins than the server can check at once, or the database is not available for a moment (status 503).',
        fix: 'Wait as long as the Retry-After header says. Refresh tokens instead of logging in before every call.',
      },
    ],
  },
};
