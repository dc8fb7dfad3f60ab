import type { RevocationCause } from '../../../ports/store/index.ts';
import type { CauseExplanation } from '../explanation.ts';

/** The events that revoke an active code or token. */
const revocations: Readonly<Record<RevocationCause, CauseExplanation>> = {
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
const revocationCausesOf = (kind: 'code' | 'refresh' | 'token') =>
  Object.fromEntries(Object.entries(revocations).map(([event, explained]) => [`${kind}_${event}`, explained]));

export const revocationCauses = {
  ...revocationCausesOf('code'),
  ...revocationCausesOf('refresh'),
  ...revocationCausesOf('token'),
};
