import { may, type Permission } from '../accounts/roles.ts';
import type { Viewer } from '../http/guards/session.ts';
import { pathOf } from '../http/paths.ts';
import { Problem } from '../http/problem.ts';
import { linkTo } from './login/return-to.ts';

/** Who may see a page and send its form. `V`: what a guard makes certain about the viewer. */
export interface Guard<V extends Viewer | null = Viewer | null> {
  readonly who: 'anyone' | 'users' | 'administrators';
  /** What the role of an administrator must permit; `null`: no role is needed. */
  readonly permissions: { readonly see: Permission; readonly send: Permission } | null;
  /** @throws {Problem} 404, 403 */
  readonly admit: (viewer: Viewer | null, http: GuardedRequest, now: number) => Admission<V>;
}

/** The request, as far as a guard looks at it. */
interface GuardedRequest {
  readonly method: string;
  readonly url: string;
}

type Admission<V> =
  | { readonly viewer: V; readonly redirectBefore?: never }
  /** The path to go to before the page: to log in, or to confirm the password. */
  | { readonly redirectBefore: string };

export const anyone: Guard = { who: 'anyone', permissions: null, admit: (viewer) => ({ viewer }) };

/** Logged out: the login page. */
export const loggedIn: Guard<Viewer> = {
  who: 'users',
  permissions: null,
  admit: (viewer, http) => {
    if (viewer !== null) return { viewer };
    const path = http.method === 'POST' ? pathOf(http.url) : http.url;
    return { redirectBefore: linkTo('/login/', { kind: 'page', path }) };
  },
};

/** Users whose role permits it. For everybody else who is logged in, the page does not exist. */
export function administrators(see: Permission, send: Permission = see): Guard<Viewer> {
  return {
    who: 'administrators',
    permissions: { see, send },
    admit: (viewer, http, now) => {
      if (viewer !== null) checkRole(viewer, http.method === 'POST' ? send : see);
      return loggedIn.admit(viewer, http, now);
    },
  };
}

function checkRole({ user }: Viewer, permission: Permission): void {
  if (user.administratorRole === null) throw new Problem(404, 'not_found', 'There is nothing at this address');
  if (!may(user.administratorRole, permission))
    throw new Problem(403, 'not_permitted', 'Your role does not permit this');
}

/** How long after the password was asked for it is known who sits there. */
const confirmedForMs = 10 * 60 * 1000;

/** The same people, once they confirmed their password in the last ten minutes. */
export function confirmed(guard: Guard<Viewer>): Guard<Viewer> {
  return {
    ...guard,
    admit: (viewer, http, now) => {
      const admission = guard.admit(viewer, http, now);
      if (admission.redirectBefore !== undefined) return admission;
      if (now - admission.viewer.session.confirmedAt <= confirmedForMs) return admission;
      return { redirectBefore: linkTo('/account/confirm/', { kind: 'page', path: pathOf(http.url) }) };
    },
  };
}
