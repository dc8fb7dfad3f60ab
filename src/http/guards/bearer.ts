import type { FastifyReply, FastifyRequest } from 'fastify';
import { type InvalidAccessToken, verifyAccessToken } from '../../oauth/verify.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';

/** The user on whose behalf an API request is made, and the application that sends it, as its access token says. */
interface Principal {
  readonly userId: number;
  readonly userEmail: string;
  readonly applicationId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly familyId: string;
  /** Whether the application is a sandbox. */
  readonly sandbox: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the bearer guard on every protected route, before its handler runs. */
    principal: Principal;
    /** Set by the bearer guard for a token that is no longer valid: the application it was issued to, and the cause. */
    rejectedToken?: { readonly applicationId: string; readonly cause: string };
  }
}

/** RFC 6750 2.1; the scheme's case does not matter (RFC 9110 11.1). */
const header = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Creates the guard that admits requests with a valid access token, and sets their {@link Principal}. It reads the
 * token from the Authorization header only (RFC 6750 2.2 and 2.3 are not supported, RFC 9700 4.3.2).
 * @throws {Problem} 401, with a challenge
 */
export function bearerGuard(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { authorization } = request.headers;
    // Without credentials the challenge has no error code (RFC 6750 3.1).
    if (authorization === undefined) return challenge(reply, 'Send an access token in the Authorization header');
    if (!/^bearer( |$)/i.test(authorization)) {
      const text = 'The scheme of the Authorization header is not Bearer: send Bearer and an access token';
      return challenge(reply, text, 'invalid_token');
    }
    const text = header.exec(authorization)?.[1];
    const token = text === undefined ? undefined : await verifyAccessToken(services.oauth, text);
    if (token === undefined || 'cause' in token) {
      recordRejectedToken(request, token);
      return challenge(reply, 'The access token is malformed, expired or revoked', 'invalid_token');
    }
    const now = services.clock.now();
    services.oauth.recordFamilyUse({ familyId: token.familyId, usedAt: now, accessExpiresAt: null });
    services.recordRequest(token.applicationId, now);
    request.principal = token;
  };
}

/** Records the application of an invalid token, so that its developers can see why the request was refused. */
function recordRejectedToken(request: FastifyRequest, unverified: InvalidAccessToken | undefined): void {
  if (unverified === undefined || !('applicationId' in unverified) || unverified.applicationId === undefined) return;
  request.rejectedToken = { applicationId: unverified.applicationId, cause: `token_${unverified.cause}` };
}

function challenge(reply: FastifyReply, description: string, error?: string): never {
  const more = error === undefined ? '' : `, error="${error}", error_description="${description}"`;
  reply.header('www-authenticate', `Bearer realm="insiders"${more}`);
  throw new Problem(401, error ?? 'authentication_required', description);
}
