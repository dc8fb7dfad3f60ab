import { checkCallback } from '../../../applications/callbacks.ts';
import { callbacksOf } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';

/** Further lines are ignored. An application may have fewer callbacks. */
const maxLines = 30;

/**
 * `GET /developer/check-callbacks/`: checks callbacks while they are typed, with the rule of the form. A script shows
 * the response: JSON with a message for each line.
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
