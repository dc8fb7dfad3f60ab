import { Problem } from '../../../http/problem.ts';
import { findNamedRequest } from '../../developer/applications/refused-requests.tsx';
import type { PageRequest, PageResponse } from '../../page.ts';
import { documentationFor } from '../pages.tsx';
import { documentedCode } from './error-codes.ts';
import { ErrorCodeView, ErrorsView } from './errors-view.tsx';

/** `/docs/errors/`: all error codes. */
export async function showErrorCodes({ services, context }: PageRequest): Promise<PageResponse> {
  const { sections } = await documentationFor(services.config);
  return { kind: 'page', view: <ErrorsView context={context} sections={sections} /> };
}

/** `/docs/errors/{code}/`: one code. The `error_uri` of an error response leads here. */
export async function showErrorCode(request: PageRequest): Promise<PageResponse> {
  const { segments, services, context } = request;
  const known = documentedCode(segments.code ?? '');
  if (known === undefined) throw new Problem(404, 'not_found', 'There is no such error');
  const { issuer, sections } = await documentationFor(services.config);
  const named = await findNamedRequest(request);
  const view = <ErrorCodeView context={context} sections={sections} known={known} issuer={issuer} named={named} />;
  return { kind: 'page', view };
}
