import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Unverified, verifyAccessToken } from '../../oauth/verify.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';

/** For whom an API request is made, and by which application: what its access token rests on. */
interface Principal {
  readonly userId: number;
  readonly userEmail: string;
  readonly applicationId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly familyId: string;
  /** The application is a sandbox. */
  readonly sandbox: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the bearer guard on every protected route, before its handler runs. */
    principal: Principal;
    /** Of whose token the guard knows that it is no good any more, and why. */
    refusedFor?: { readonly applicationId: string; readonly cause: string };
  }
}

/** RFC 6750 2.1; the scheme's case does not matter (RFC 9110 11.1). */
const header = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Lets a request with a valid access token through, and sets its {@link Principal}. The token is read from the
 * Authorization header only (RFC 6750 2.2 and 2.3 are not offered, RFC 9700 4.3.2).
 * @throws {Problem} 401, with a challenge
 */
export function bearerGuard(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { authorization } = request.headers;
    // Whoever shows nothing is told how to, without an error code (RFC 6750 3.1).
    if (authorization === undefined) return challenge(reply, 'Send an access token in the Authorization header');
    const text = header.exec(authorization)?.[1];
    const verified = text === undefined ? undefined : await verifyAccessToken(services.oauth, text);
    if (verified === undefined || 'cause' in verified) {
      noteOwner(request, verified);
      return challenge(reply, 'The access token is malformed, expired or revoked', 'invalid_token');
    }
    const now = services.clock.now();
    services.oauth.recordFamilyUse({ familyId: verified.familyId, usedAt: now, accessExpiresAt: null });
    services.noteRequest(verified.applicationId, now);
    request.principal = verified;
  };
}

/** Whose token it was, so that its application's people can see why it was refused. */
function noteOwner(request: FastifyRequest, unverified: Unverified | undefined): void {
  if (unverified === undefined || unverified.cause === 'malformed' || unverified.applicationId === undefined) return;
  request.refusedFor = { applicationId: unverified.applicationId, cause: `token_${unverified.cause}` };
}

function challenge(reply: FastifyReply, description: string, error?: string): never {
  const more = error === undefined ? '' : `, error="${error}", error_description="${description}"`;
  reply.header('www-authenticate', `Bearer realm="insiders"${more}`);
  throw new Problem(401, error ?? 'authentication_required', description);
}
