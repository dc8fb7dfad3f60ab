import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/load.ts';

/** The cookies that we set: HttpOnly, SameSite=Lax and for all paths; on https also Secure and bound to the host. */
export type CookieName = 'session' | 'browser' | 'theme' | 'notice';

const syntax = /^[A-Za-z0-9_-]{1,100}$/;

export function registerCookies(app: FastifyInstance): void {
  app.register(cookie);
}

/** The value of one of our cookies. A value that we never write counts as absent. */
export function readCookie(request: FastifyRequest, config: Config, name: CookieName): string | undefined {
  const value = request.cookies[cookieName(config, name)];
  return value !== undefined && syntax.test(value) ? value : undefined;
}

/** Sets a cookie. `seconds`: its lifetime; `null`: until the browser closes. */
export function writeCookie(
  reply: FastifyReply,
  config: Config,
  name: CookieName,
  value: string,
  seconds: number | null,
): void {
  reply.setCookie(cookieName(config, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(config),
    ...(seconds === null ? {} : { maxAge: seconds }),
  });
}

/** Tells the browser to delete a cookie. */
export function dropCookie(reply: FastifyReply, config: Config, name: CookieName): void {
  reply.clearCookie(cookieName(config, name), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(config),
  });
}

/**
 * The `__Host-` prefix makes the browser refuse a cookie that another host of the domain tries to plant (RFC 6265bis
 * 4.1.3).
 */
function cookieName(config: Config, name: CookieName): string {
  return isSecure(config) ? `__Host-insiders_${name}` : `insiders_${name}`;
}

function isSecure(config: Config): boolean {
  return config.publicUrl.startsWith('https://');
}
