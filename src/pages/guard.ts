import type { FastifyRequest } from 'fastify';
import { may, type Power } from '../accounts/roles.ts';
import type { Viewer } from '../http/guards/session.ts';
import { pathOf } from '../http/paths.ts';
import { Problem } from '../http/problem.ts';

interface ForUsers {
  /** Only after the password was asked for in the last ten minutes. */
  readonly sensitive?: true;
}

/** Who may see a page and send its form. */
export type Guard =
  | { readonly guard: 'anyone' }
  | ({ readonly guard: 'signed-in' } & ForUsers)
  | ({
      readonly guard: 'staff';
      /** Who sees it, and who may send its form; the same if there is no `postPower`. */
      readonly power: Power;
      readonly postPower?: Power;
    } & ForUsers);

/** How long after the password was asked for it is known who sits there. */
const confirmedForMs = 10 * 60 * 1000;

/**
 * Whether this viewer may use the page: `undefined`, or the path to go to first. Logged out: the login page. Not among
 * the administrators: as if the page did not exist.
 * @throws {Problem} 404, 403
 */
export function detourOf(page: Guard, viewer: Viewer | null, http: FastifyRequest, now: number): string | undefined {
  if (page.guard === 'anyone') return undefined;
  if (viewer === null) {
    const next = http.method === 'POST' ? pathOf(http.url) : http.url;
    return `/login/?next=${encodeURIComponent(next)}`;
  }
  if (page.guard === 'staff') checkPower(page, viewer, http);
  if (page.sensitive && now - viewer.session.confirmedAt > confirmedForMs) {
    return `/account/confirm/?next=${encodeURIComponent(pathOf(http.url))}`;
  }
  return undefined;
}

function checkPower(page: Extract<Guard, { guard: 'staff' }>, { user }: Viewer, http: FastifyRequest): void {
  if (user.staffRole === null) throw new Problem(404, 'not_found', 'There is nothing at this address');
  const power = http.method === 'POST' ? (page.postPower ?? page.power) : page.power;
  if (!may(user.staffRole, power)) throw new Problem(403, 'not_permitted', 'Your role does not permit this');
}
