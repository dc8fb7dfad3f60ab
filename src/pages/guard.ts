import { may, type Permission } from '../accounts/roles.ts';
import type { Viewer } from '../http/guards/session.ts';
import { pathOf } from '../http/paths.ts';
import { Problem } from '../http/problem.ts';
import { linkTo } from './login/return-to.ts';

/** Decides who may see a page and send its form. `V`: the viewer that an admitted request has. */
export interface Guard<V extends Viewer | null = Viewer | null> {
  readonly who: 'anyone' | 'users' | 'administrators';
  /** The permissions that the administrator's role needs; `null`: none. */
  readonly permissions: { readonly see: Permission; readonly send: Permission } | null;
  /** @throws {Problem} 404, 403 */
  readonly admit: (viewer: Viewer | null, http: GuardedRequest, now: number) => Admission<V>;
}

/** The parts of a request that guards read. */
interface GuardedRequest {
  readonly method: string;
  readonly url: string;
}

type Admission<V> =
  | { readonly viewer: V; readonly redirectBefore?: never }
  /** Where to redirect first: to log in, or to confirm the password. A path. */
  | { readonly redirectBefore: string };

export const anyone: Guard = { who: 'anyone', permissions: null, admit: (viewer) => ({ viewer }) };

/** Redirects to the login page if nobody is logged in. */
export const loggedIn: Guard<Viewer> = {
  who: 'users',
  permissions: null,
  admit: (viewer, http) => {
    if (viewer !== null) return { viewer };
    const path = http.method === 'POST' ? pathOf(http.url) : http.url;
    return { redirectBefore: linkTo('/login/', { kind: 'page', path }) };
  },
};

/** Administrators whose role has the permission. Other users get 404, so they can't tell which pages exist. */
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

/** How long a password confirmation is valid. */
const confirmedForMs = 10 * 60 * 1000;

/** Admits the same users, if they confirmed their password in the last ten minutes. */
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
