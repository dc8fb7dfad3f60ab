import type { FastifyReply, FastifyRequest } from 'fastify';
import { digest } from '../../oauth/formats/digest.ts';
import type { Session, User } from '../../ports/store/index.ts';
import { networkAddressOf } from '../address.ts';
import { dropCookie, readCookie, writeCookie } from '../cookies.ts';
import type { Services } from '../services.ts';

/** Somebody who is logged in with this browser. */
export interface Viewer {
  readonly user: User;
  readonly session: Session;
}

/** Who is logged in, by the session cookie; `null`: nobody. */
export async function findViewer(services: Services, request: FastifyRequest): Promise<Viewer | null> {
  const id = readCookie(request, services.config, 'session');
  if (id === undefined) return null;
  return (await services.store.sessions.find(digest(id), services.clock.now())) ?? null;
}

/** Logs a user in: a new session under a new identifier, and the end of the one that this browser had (no fixation). */
export async function openSession(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  user: Pick<User, 'id' | 'passwordEpoch'>,
): Promise<void> {
  const { config, clock, random, store } = services;
  const id = random.text(32);
  const old = readCookie(request, config, 'session');
  const now = clock.now();
  const session = {
    idHash: digest(id),
    userId: user.id,
    passwordEpoch: user.passwordEpoch,
    createdAt: now,
    expiresAt: now + config.sessionSeconds * 1000,
    from: networkAddressOf(request),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
  };
  await store.sessions.open(session, old === undefined ? null : digest(old));
  writeCookie(reply, config, 'session', id, config.sessionSeconds);
}

/** Logs out: the session ends on the server, so its cookie is worth nothing any more. */
export async function closeSession(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const id = readCookie(request, services.config, 'session');
  if (id !== undefined) await services.store.sessions.close(digest(id));
  dropCookie(reply, services.config, 'session');
}
