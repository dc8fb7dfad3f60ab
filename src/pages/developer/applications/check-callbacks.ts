import { checkCallback } from '../../../applications/callbacks.ts';
import { callbacksOf } from '../../../applications/registration/answers.ts';
import type { Page } from '../../page.ts';

/** Lines that are checked at once; more are not allowed anyway. */
const mostLines = 30;

/**
 * `GET /developer/check-callbacks/`: what a script shows while callbacks are typed; the same rule that the form is
 * checked by.
 */
export const checkCallbacksPage: Page = {
  path: '/developer/check-callbacks/',
  guard: 'signed-in',
  get: async ({ query, shell }) => {
    const confidential = query.get('kind') !== 'device';
    const lines = callbacksOf({ callbacks: query.get('value') ?? '' }).slice(0, mostLines);
    const { fine, withSlash, withoutSlash } = shell.messages.developer.callbacks;
    const about = (line: string) => `${fine}. ${line.endsWith('/') ? withSlash : withoutSlash}`;
    const results = lines.map((line) => {
      const problem = checkCallback(line, { confidential });
      return { line, good: problem === undefined, message: problem?.message ?? about(line) };
    });
    return { kind: 'document', contentType: 'application/json; charset=utf-8', body: JSON.stringify({ results }) };
  },
};
