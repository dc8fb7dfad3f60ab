import type { clientErrors } from '../../../oauth/errors/clients.ts';
import type { CauseExplanations, CodeExplanations } from '../explanation.ts';

export const clientCodes = {
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
} as const satisfies CodeExplanations;

export const clientCauses: CauseExplanations<typeof clientErrors> = {
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
  suspended: { cause: 'The application is suspended.', fix: 'The email to its owners says why.' },
  too_many_guesses: {
    cause: 'Too many requests from one network had a wrong client ID or client secret.',
    fix: 'Send the right client secret: such a request is never limited. Or wait as long as Retry-After says.',
  },
  wrong_secret: {
    cause: 'The client secret is wrong.',
    fix: 'Compare its last four characters with those in the portal, or create a new secret.',
  },
  secret_revoked: {
    cause: 'The client secret was revoked.',
    fix: 'Use the newer secret, or create one in the portal.',
  },
  secret_missing: {
    cause: 'The request has a client ID but no client secret.',
    fix: 'Send the client secret too. Check that the variable from which your program reads it is not empty.',
  },
  secret_space: {
    cause: 'The client secret is right, but has a space or a line break before or after it.',
    fix: 'Remove it where your program reads the secret. A file, for example, often ends with a line break.',
  },
  secret_unexpected: {
    cause: 'The request has a client secret, but the application is public and has none.',
    fix: 'Send client_id in the body, and no Authorization header.',
  },
};
