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

/** The resource owner password credentials grant (RFC 6749 4.3). The user name is the email address. */
export const password: Grant<PasswordRequest, PasswordResult> = {
  grantType: 'password',
  permittedTo: 'password',

  parse: (params) => ({
    email: required(params, 'username'),
    password: required(params, 'password'),
    scope: parseScope(params.get('scope')),
  }),

  // A sandbox accepts its test user only: the password of any other user counts as wrong.
  load: ({ authenticate }, { email, password }, { from, client }) =>
    authenticate({ email, password, from, onlyUserId: client.sandboxUserId }),

  decide: (request, result) => {
    switch (result.outcome) {
      case 'signed_in':
        return {
          kind: 'start-family',
          userId: result.user.id,
          passwordEpoch: result.user.passwordEpoch,
          scope: request.scope,
        };
      case 'refused':
        return refuse('wrong_password');
      case 'throttled':
        return refuse('too_many_logins', { retryAfterSeconds: result.retryAfterSeconds });
      case 'busy':
        return refuse('busy', { retryAfterSeconds: result.retryAfterSeconds });
    }
  },
};
