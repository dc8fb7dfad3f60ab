import type { FastifyRequest } from 'fastify';
import { readCookie } from '../http/cookies.ts';
import type { Viewer } from '../http/guards/session.ts';
import { pathOf } from '../http/paths.ts';
import type { Services } from '../http/services.ts';
import type { Params } from '../oauth/params.ts';
import { assetUrl } from './assets.ts';
import { continuing } from './login/continuing.ts';
import { messagesFor } from './messages/index.ts';
import { destinationFrom, isOnThisSite } from './next.ts';
import type { Shell } from './ui/shell.ts';

const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What every view is given: the texts, who is logged in, the form token, and where it is. */
export function shellFor(
  services: Services,
  http: FastifyRequest,
  viewer: Viewer | null,
  { csrf, form }: { readonly csrf: string; readonly form: Params },
): Shell {
  return {
    messages: messagesFor('en'),
    viewer: viewer && {
      name: `${viewer.user.firstName} ${viewer.user.lastName}`,
      email: viewer.user.email,
      role: viewer.user.staffRole,
    },
    csrf,
    path: pathOf(http.url),
    here: hereOf(http, form),
    assets: assetUrl,
    theme: themeOf(readCookie(http, services.config, 'theme')),
  };
}

/** A form that was refused is shown again at its own address, whose query the form has carried along. */
function hereOf(http: FastifyRequest, form: Params): string {
  const path = pathOf(http.url);
  if (http.method === 'POST') return continuing(path, destinationFrom(form));
  return isOnThisSite(http.url) ? http.url : path;
}

export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'auto';
}
