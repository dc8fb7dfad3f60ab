import type { RefreshTokenState } from '../../ports/store/index.ts';
import { OAuthError, refuse } from '../errors/oauth-error.ts';
import { openSuccessor, readRefreshToken } from '../formats/refresh-token.ts';
import { required } from '../params.ts';
import { redactValue } from '../redact.ts';
import { parseScope, storedScope } from '../scope.ts';
import type { Decision, DecisionInput, Grant } from './grant.ts';

interface RefreshRequest {
  readonly refreshToken: string;
  readonly scope: string | undefined;
}

/**
 * The refresh token grant (RFC 6749 6). Under the application's policy `stable` the token stays valid and the response
 * waits for no write; under `rotate` each use replaces the token.
 */
export const refreshToken: Grant<RefreshRequest, RefreshTokenState | undefined> = {
  grantType: 'refresh_token',
  permittedTo: 'any',

  parse: (params) => ({ refreshToken: required(params, 'refresh_token'), scope: params.get('scope') }),

  load: async ({ store }, { refreshToken }) => {
    const presented = readRefreshToken(refreshToken);
    return presented && store.families.findByRefreshToken(presented);
  },

  decide: (request, state, input) => {
    const { client } = input;
    // Another client's refresh token counts as unknown: a client can't revoke anything with it.
    if (state === undefined || state.applicationId !== client.id) return refuse('refresh_unknown');
    if (state.revocationCause !== null) return refuse(`refresh_${state.revocationCause}`);
    // The scope must be the granted one: it can't be extended (RFC 6749 6).
    if (request.scope !== undefined && parseScope(request.scope) !== state.scope) {
      return refuse('scope_exceeds', { expected: [state.scope], received: redactValue(request.scope) });
    }
    switch (state.position) {
      case 'current':
        return continueOrRotate(request, state, client);
      case 'previous':
        return isWithinOverlap(state, input) ? continueWithSuccessor(request, state) : replayed(state);
      case 'evicted':
        return refuse('refresh_evicted');
      case 'rotated':
        // Within the overlap this is a worker two rotations late, not a thief, but its successor is no longer stored.
        return isWithinOverlap(state, input) ? refuse('refresh_replaced_twice') : replayed(state);
    }
  },
};

function continueOrRotate(
  request: RefreshRequest,
  state: RefreshTokenState,
  client: DecisionInput['client'],
): Decision {
  const scope = storedScope(state.scope);
  return client.refreshPolicy === 'rotate'
    ? { kind: 'rotate', familyId: state.familyId, presented: request.refreshToken, scope }
    : { kind: 'continue', familyId: state.familyId, refreshToken: request.refreshToken, scope };
}

/**
 * Whether a rotated token is in the overlap after its rotation. A use within it is a retry or a parallel worker's; a
 * later one is a replay (RFC 9700 4.14.2).
 */
export function isWithinOverlap(
  { replacedAt }: Pick<RefreshTokenState, 'replacedAt'>,
  { now, rotationOverlapSeconds }: Pick<DecisionInput, 'now' | 'rotationOverlapSeconds'>,
): boolean {
  return now < (replacedAt ?? 0) + rotationOverlapSeconds * 1000;
}

/** Returns the same successor as the rotation did. */
function continueWithSuccessor(request: RefreshRequest, state: RefreshTokenState): Decision {
  if (state.sealedSuccessor === null) return replayed(state);
  return {
    kind: 'continue',
    familyId: state.familyId,
    refreshToken: openSuccessor(request.refreshToken, state.sealedSuccessor),
    scope: storedScope(state.scope),
  };
}

/** A rotated token that is used after the overlap may be stolen: revokes the authorization (RFC 9700 4.14.2). */
function replayed(state: RefreshTokenState): Decision {
  const { authorizationId, userId } = state;
  return {
    kind: 'refuse-and',
    error: new OAuthError('refresh_replayed'),
    write: { kind: 'revoke-authorization', authorizationId, userId, cause: 'refresh_replayed' },
  };
}
