import type { FastifyRequest } from 'fastify';
import { readCookie } from '../http/cookies.ts';
import type { Viewer } from '../http/guards/session.ts';
import { pathOf } from '../http/paths.ts';
import type { Services } from '../http/services.ts';
import { assetUrl } from './assets.ts';
import { messagesFor } from './messages/index.ts';
import type { Shell } from './ui/shell.ts';

const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What every view is given: the texts, who is logged in, the form token, and where it is. */
export function shellFor(services: Services, http: FastifyRequest, viewer: Viewer | null, csrf: string): Shell {
  return {
    messages: messagesFor('en'),
    viewer: viewer && {
      name: `${viewer.user.firstName} ${viewer.user.lastName}`,
      email: viewer.user.email,
      staff: viewer.user.staffRole !== null,
    },
    csrf,
    path: pathOf(http.url),
    assets: assetUrl,
    theme: themeOf(readCookie(http, services.config, 'theme')),
  };
}

export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'auto';
}
