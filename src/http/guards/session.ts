import type { FastifyReply, FastifyRequest } from 'fastify';
import { digest } from '../../oauth/formats/digest.ts';
import type { Session, User } from '../../ports/store/index.ts';
import { networkAddressOf } from '../address.ts';
import { dropCookie, readCookie, writeCookie } from '../cookies.ts';
import type { Services } from '../services.ts';

/** The user who is logged in with this browser, and their session. */
export interface Viewer {
  readonly user: User;
  readonly session: Session;
}

/** Finds the logged-in user by the session cookie; `null`: nobody is logged in. */
export async function findViewer(services: Services, request: FastifyRequest): Promise<Viewer | null> {
  const id = readCookie(request, services.config, 'session');
  if (id === undefined) return null;
  return (await services.store.sessions.find(digest(id), services.clock.now())) ?? null;
}

/**
 * Logs a user in: opens a session under a new identifier, and closes the one this browser had (no session fixation).
 */
export async function openSession(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  user: Pick<User, 'id' | 'passwordEpoch'>,
): Promise<void> {
  const { config, clock, random, store } = services;
  const id = random.text(32);
  const oldId = readCookie(request, config, 'session');
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
  await store.sessions.open(session, oldId === undefined ? null : digest(oldId));
  writeCookie(reply, config, 'session', id, config.sessionSeconds);
}

/** Logs out: closes the session in the store, so that a copy of its cookie is useless, and deletes the cookie. */
export async function closeSession(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const id = readCookie(request, services.config, 'session');
  if (id !== undefined) await services.store.sessions.close(digest(id));
  dropCookie(reply, services.config, 'session');
}
