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

/** The context of every view: the texts, the viewer, the form token, and the URL. */
export interface PageContext {
  readonly messages: Messages;
  /** The user who is logged in; `null`: nobody, or not looked up. */
  readonly viewer: { readonly name: string; readonly email: string; readonly role: AdministratorRole | null } | null;
  /** The form token of this browser, against CSRF. */
  readonly csrf: string;
  /** The path of this page, without its query. */
  readonly path: string;
  /** The path and query that show this page again: a login, or a choice of the theme, returns there. */
  readonly returnPath: string;
  /** Returns the URL of an asset by its file name. */
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
    returnPath: pathToReturnTo(http, form),
    assets: assetUrl,
    theme: themeOf(readCookie(http, services.config, 'theme')),
  };
}

/** After a POST, the page's own path with the query that the form carried in its hidden fields. */
function pathToReturnTo(http: FastifyRequest, form: Params): string {
  const path = pathOf(http.url);
  if (http.method === 'POST') return linkTo(path, readReturnTo(form));
  return isOnThisSite(http.url) ? http.url : path;
}

export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'auto';
}
