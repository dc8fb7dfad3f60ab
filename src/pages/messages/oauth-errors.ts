import type { RefusalReason, refusals } from '../../oauth/errors.ts';
import type { Explanation } from './explanation.ts';

/** The codes that applications see. */
export type OauthErrorCode = (typeof refusals)[RefusalReason]['error'];

/** What each error code of the OAuth endpoints means, in English. A code without an explanation does not compile. */
export const oauthErrors: Readonly<Record<OauthErrorCode, Explanation>> = {
  invalid_request: {
    meaning: 'The request is malformed: something is missing, repeated, or in the wrong form.',
    see: 'The error_description names the parameter or the rule; the API says it in detail. A wrong address, a wrong method and a body that is too large come with a status and a page of their own.',
    causes: [
      {
        cause: 'The body of a token request is not a form.',
        mend: 'Send it as application/x-www-form-urlencoded, by POST, to the address with its trailing slash.',
      },
      {
        cause:
          'The redirect_uri of an authorization request is missing, or is not a registered callback. The user then sees a page of this site.',
        mend: 'Send a registered callback, the same to the last character: scheme, host, port, path and trailing slash.',
      },
      { cause: 'A parameter came twice, or is missing.', mend: 'The description says which one is missing.' },
      {
        cause: 'The client credentials came in the header and in the body.',
        mend: 'Send them in one place; the Authorization header is the better one.',
      },
      {
        cause: 'code_challenge came without code_challenge_method=S256, or is missing for a public application.',
        mend: 'Send both. S256 is the only method.',
      },
    ],
  },
  invalid_client: {
    meaning: 'The application could not be authenticated, or is suspended.',
    see: 'The response has a Basic challenge. Unknown, wrong and suspended look the same from outside, so that nobody can find out client ids. Print the first characters of the id and the length of the secret that your program really uses.',
    causes: [
      {
        cause:
          'The client ID or the secret is wrong, of another environment, or has a space or a line break around it.',
        mend: 'Compare both with the portal. A secret begins with insiders_secret_.',
      },
      { cause: 'The secret was replaced.', mend: 'Use the new one.' },
      { cause: 'The application is suspended.', mend: 'Contact the support.' },
    ],
  },
  invalid_grant: {
    meaning: 'What was presented for tokens is not good: the code, the refresh token, or the user name and password.',
    see: 'The error_description says which of the three it was about. Print grant_type and redirect_uri as your program sends them, without the code, token or password.',
    causes: [
      {
        cause: 'The code was used before, or has expired.',
        mend: 'Send the user to the authorization endpoint again. A code is good once and for a few minutes: redeem it at once, and do not retry a token request that was answered.',
      },
      {
        cause: 'redirect_uri differs from the one of the authorization request.',
        mend: 'Send the very same text both times.',
      },
      {
        cause: 'code_verifier is missing, does not belong to the code, or came for a code without a challenge.',
        mend: 'Keep the verifier of each request with its state.',
      },
      {
        cause: 'The user disconnected the application, or the refresh token was revoked or replaced.',
        mend: 'Ask the user again. Always store the refresh token of the last answer.',
      },
      {
        cause: 'The user name or the password is wrong.',
        mend: 'Ask the user. Do not try again with the same values.',
      },
    ],
  },
  unauthorized_client: {
    meaning: 'The application may not use this grant.',
    see: 'The error_description names the grant type that the application has. It is also shown on the application’s page in the portal.',
    causes: [
      {
        cause:
          'Each application has exactly one grant type, and it is the other one. At the authorization endpoint, an application with the password grant is refused on a page of this site if it has no callback.',
        mend: 'Use the grant type that was agreed, or ask the support to switch it.',
      },
    ],
  },
  unsupported_grant_type: {
    meaning: 'The server does not know this grant type.',
    see: 'Print the grant_type that your program sends; libraries have names of their own for it.',
    causes: [
      {
        cause: 'grant_type is not authorization_code, password or refresh_token.',
        mend: 'Write it exactly so, in lower case.',
      },
    ],
  },
  invalid_scope: {
    meaning: 'The scope is unknown, or more than was granted.',
    see: 'Print the scope that your program sends. Many libraries add openid, profile or offline_access by themselves.',
    causes: [{ cause: 'There is one scope: all.', mend: 'Send scope=all, or leave the parameter out.' }],
  },
  unsupported_response_type: {
    meaning: 'The authorization endpoint answers with a code and nothing else.',
    see: 'Look at the response_type in the address that the browser is sent to.',
    causes: [{ cause: 'response_type is not code.', mend: 'Send response_type=code.' }],
  },
  access_denied: {
    meaning: 'The user pressed Deny.',
    see: 'It arrives at your callback as error=access_denied, with the state of the request.',
    causes: [
      {
        cause: 'The user does not want to connect the application.',
        mend: 'Respect it; offer to try again when the user asks for it.',
      },
    ],
  },
  server_error: {
    meaning: 'Something went wrong on our side.',
    see: 'The answer carries an X-Request-Id header, which finds the request in our log.',
    causes: [
      {
        cause: 'A fault of the server.',
        mend: 'Try again a little later. If it stays, send us the value of the X-Request-Id header.',
      },
    ],
  },
  temporarily_unavailable: {
    meaning: 'The server is busy, or too many log-ins failed.',
    see: 'The Retry-After header says how many seconds to wait.',
    causes: [
      {
        cause: 'Too many wrong passwords, or very many logins, for one account or from one network (status 429).',
        mend: 'Wait as long as the Retry-After header says, in seconds. Do not repeat a password that was refused.',
      },
      {
        cause: 'More log-ins than can be checked at once, or the database is away for a moment (status 503).',
        mend: 'Wait as long as the Retry-After header says. Refresh tokens instead of logging in before every call.',
      },
    ],
  },
};
