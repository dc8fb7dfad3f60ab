import { Problem } from '../../http/problem.ts';
import { refusalForMember } from '../developer/errors.tsx';
import { type OauthErrorCode, oauthErrors } from '../messages/oauth-errors.ts';
import type { Page } from '../page.ts';
import { OauthErrorsView, OauthErrorView } from './oauth-errors-view.tsx';

/** `/docs/errors/` */
export const oauthErrorsPage: Page = {
  path: '/docs/errors/',
  guard: 'anyone',
  get: async ({ shell }) => ({ kind: 'page', view: <OauthErrorsView shell={shell} /> }),
};

/** `/docs/errors/{code}/`: what the `error_uri` of an answer opens. */
export const oauthErrorPage: Page = {
  path: '/docs/errors/:code/',
  guard: 'anyone',
  get: async (request) => {
    const { segments, shell } = request;
    const { code = '' } = segments;
    if (!isCode(code)) throw new Problem(404, 'not_found', 'There is no such error');
    return {
      kind: 'page',
      view: <OauthErrorView shell={shell} code={code} refusal={await refusalForMember(request)} />,
    };
  },
};

function isCode(text: string): text is OauthErrorCode {
  return Object.hasOwn(oauthErrors, text);
}
