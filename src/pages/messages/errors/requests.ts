import type { grantTypeErrors, requestErrors } from '../../../oauth/errors/requests.ts';
import { grants } from '../../../oauth/grants/index.ts';
import type { CauseExplanations, CodeExplanations } from '../explanation.ts';

const grantTypes = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(grants.map((grant) => grant.grantType));

export const requestCodes = {
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
} as const satisfies CodeExplanations;

export const requestCauses: CauseExplanations<typeof requestErrors> = {
  malformed: {
    cause: 'The parameters could not be decoded.',
    fix: 'Encode them as application/x-www-form-urlencoded in UTF-8, as your HTTP library does.',
  },
  nul_character: { cause: 'A parameter contains a NUL character.', fix: 'Remove the character.' },
  too_many_parameters: { cause: 'The request has more than 1,000 parameters.', fix: 'Send only those you need.' },
  parameter_repeated: { cause: 'A parameter was sent more than once.', fix: 'Send each parameter once.' },
  parameter_missing: { cause: 'A parameter is missing or empty.', fix: 'Send it.' },
  unknown_scope: { cause: 'The scope is not all.', fix: 'Send scope=all, or leave scope out.' },
  introspection_without_secret: {
    cause: 'A public application called the introspection endpoint.',
    fix: 'Call it from an application with a client secret.',
  },
};

export const grantTypeCodes = {
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
        cause: `grant_type is not ${grantTypes}.`,
        fix: 'Send one of these values, in lower case.',
      },
    ],
  },
} as const satisfies CodeExplanations;

export const grantTypeCauses: CauseExplanations<typeof grantTypeErrors> = {
  unknown_grant_type: {
    cause: 'The grant_type is unknown.',
    fix: 'Send one of the expected values, in lower case.',
  },
  other_grant_type: {
    cause: 'The application has another grant type.',
    fix: 'Use the grant type of the application, or request a change in the portal.',
  },
};

export const scopeCodes = {
  invalid_scope: {
    meaning: 'The scope is unknown, or more than was granted.',
    see: 'Print the scope that your program sends. Many libraries add openid, profile or offline_access by themselves.',
    causes: [{ cause: 'There is one scope: all.', fix: 'Send scope=all, or leave the parameter out.' }],
  },
} as const satisfies CodeExplanations;
