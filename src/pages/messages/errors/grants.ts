import type { codeErrors, loginErrors, raceErrors, refreshErrors } from '../../../oauth/errors/grants.ts';
import type { CauseExplanations, CodeExplanations } from '../explanation.ts';

export const grantCodes = {
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
} as const satisfies CodeExplanations;

export const codeCauses: CauseExplanations<typeof codeErrors> = {
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
};

export const refreshCauses: CauseExplanations<typeof refreshErrors> = {
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
  scope_exceeds: {
    cause: 'The refresh request has a scope that was not granted.',
    fix: 'Leave scope out when you refresh.',
  },
};

export const loginCauses: CauseExplanations<typeof loginErrors> = {
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
};

export const raceCauses: CauseExplanations<typeof raceErrors> = {
  lost_every_race: {
    cause: 'Several requests used the same code or refresh token at once.',
    fix: 'Refresh from one place at a time, under a lock.',
  },
};
