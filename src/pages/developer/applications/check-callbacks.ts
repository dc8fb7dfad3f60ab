import { checkCallback } from '../../../applications/callbacks.ts';
import { callbacksOf } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';

/** Lines that are checked at once; more are not allowed anyway. */
const maxLines = 30;

/**
 * `GET /developer/check-callbacks/`: what a script shows while callbacks are typed; the same rule that the form is
 * checked by.
 */
export async function checkTypedCallbacks({ query, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const confidential = query.get('kind') !== 'device';
  const lines = callbacksOf({ callbacks: query.get('value') ?? '' }).slice(0, maxLines);
  const { fine, withSlash, withoutSlash } = context.messages.developer.callbacks;
  const about = (line: string) => `${fine}. ${line.endsWith('/') ? withSlash : withoutSlash}`;
  const results = lines.map((line) => {
    const problem = checkCallback(line, { confidential });
    return { line, good: problem === undefined, message: problem?.message ?? about(line) };
  });
  return { kind: 'document', contentType: 'application/json; charset=utf-8', body: JSON.stringify({ results }) };
}
