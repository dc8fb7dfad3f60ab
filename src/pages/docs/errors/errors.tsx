import { Problem } from '../../../http/problem.ts';
import { namedRefusal } from '../../developer/applications/refused-requests.tsx';
import type { Page } from '../../page.ts';
import { documentationFor } from '../pages.tsx';
import { documentedCode } from './error-codes.ts';
import { ErrorCodeView, ErrorsView } from './errors-view.tsx';

/** `/docs/errors/` */
export const errorsPage: Page = {
  path: '/docs/errors/',
  guard: 'anyone',
  get: async ({ services, shell }) => {
    const { sections } = await documentationFor(services.config);
    return { kind: 'page', view: <ErrorsView shell={shell} sections={sections} /> };
  },
};

/** `/docs/errors/{code}/`: what the `error_uri` of an answer opens. */
export const errorPage: Page = {
  path: '/docs/errors/:code/',
  guard: 'anyone',
  get: async (request) => {
    const { segments, services, shell } = request;
    const known = documentedCode(segments.code ?? '');
    if (known === undefined) throw new Problem(404, 'not_found', 'There is no such error');
    const { issuer, sections } = await documentationFor(services.config);
    const named = await namedRefusal(request);
    const view = <ErrorCodeView shell={shell} sections={sections} known={known} issuer={issuer} named={named} />;
    return { kind: 'page', view };
  },
};
