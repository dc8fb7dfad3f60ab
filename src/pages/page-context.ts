import type { FastifyRequest } from 'fastify';
import { readCookie } from '../http/cookies.ts';
import type { Viewer } from '../http/guards/session.ts';
import { pathOf } from '../http/paths.ts';
import type { Services } from '../http/services.ts';
import type { Params } from '../oauth/params.ts';
import type { AdministratorRole } from '../ports/store/index.ts';
import { assetUrl } from './assets.ts';
import { isOnThisSite, linkTo, readReturnTo } from './login/return-to.ts';
import { type Messages, messagesFor } from './messages/index.ts';

const themes = ['auto', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** What every view is given: the texts, who is logged in, the form token, and where it is. */
export interface PageContext {
  readonly messages: Messages;
  /** Who is logged in; `null`: nobody, or not looked up. */
  readonly viewer: { readonly name: string; readonly email: string; readonly role: AdministratorRole | null } | null;
  /** The form token of this browser. */
  readonly csrf: string;
  /** Of this page. */
  readonly path: string;
  /** The address that shows this page again: choosing a theme, or logging in from here, returns there. */
  readonly returnHere: string;
  /** The address of an asset by its file name. */
  readonly assets: (name: string) => string;
  readonly theme: Theme;
}

export function pageContextFor(
  services: Services,
  http: FastifyRequest,
  viewer: Viewer | null,
  { csrf, form }: { readonly csrf: string; readonly form: Params },
): PageContext {
  return {
    messages: messagesFor('en'),
    viewer: viewer && {
      name: `${viewer.user.firstName} ${viewer.user.lastName}`,
      email: viewer.user.email,
      role: viewer.user.administratorRole,
    },
    csrf,
    path: pathOf(http.url),
    returnHere: returnHere(http, form),
    assets: assetUrl,
    theme: themeOf(readCookie(http, services.config, 'theme')),
  };
}

/** A form that was refused is shown again at its own address, whose query the form has carried along. */
function returnHere(http: FastifyRequest, form: Params): string {
  const path = pathOf(http.url);
  if (http.method === 'POST') return linkTo(path, readReturnTo(form));
  return isOnThisSite(http.url) ? http.url : path;
}

export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'auto';
}
