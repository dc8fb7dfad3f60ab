import type { PasswordResult } from '../context.ts';
import { refuse } from '../errors/oauth-error.ts';
import { required } from '../params.ts';
import { parseScope, type Scope } from '../scope.ts';
import type { Grant } from './grant.ts';

interface PasswordRequest {
  readonly email: string;
  readonly password: string;
  readonly scope: Scope;
}

/** The resource owner password credentials grant (RFC 6749 4.3). The user name is the e-mail address. */
export const password: Grant<PasswordRequest, PasswordResult> = {
  grantType: 'password',
  permittedTo: 'password',

  parse: (params) => ({
    email: required(params, 'username'),
    password: required(params, 'password'),
    scope: parseScope(params.get('scope')),
  }),

  // A sandbox knows its test user only: to it everybody else's password is a wrong one.
  load: (reads, { email, password }, { from, client }) =>
    reads.authenticate({ email, password, from, onlyUserId: client.sandboxUserId }),

  decide: (request, answer) => {
    switch (answer.outcome) {
      case 'signed_in':
        return {
          kind: 'start-family',
          userId: answer.user.id,
          passwordEpoch: answer.user.passwordEpoch,
          scope: request.scope,
        };
      case 'refused':
        return refuse('wrong_password');
      case 'throttled':
        return refuse('too_many_logins', { retryAfterSeconds: answer.retryAfterSeconds });
      case 'busy':
        return refuse('busy', { retryAfterSeconds: answer.retryAfterSeconds });
    }
  },
};
