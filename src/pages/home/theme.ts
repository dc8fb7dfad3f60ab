import { writeCookie } from '../../http/cookies.ts';
import { readReturnToPage } from '../login/return-to.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { themeOf } from '../page-context.ts';

/** In seconds. */
const year = 365 * 24 * 60 * 60;

/** `POST /theme/`: stores the theme in a cookie and returns to the page. */
export async function chooseTheme({ form, reply, services }: PageRequest): Promise<PageResponse> {
  writeCookie(reply, services.config, 'theme', themeOf(form.get('theme')), year);
  const returnTo = readReturnToPage(form);
  return { kind: 'redirect', location: returnTo.kind === 'page' ? returnTo.path : '/' };
}
