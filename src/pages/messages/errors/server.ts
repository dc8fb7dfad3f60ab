import type { CodeExplanations } from '../explanation.ts';

/** The codes of errors of the server, and of its overload. */
export const serverCodes = {
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
} as const satisfies CodeExplanations;
