import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/load.ts';
import { readCookie } from '../http/cookies.ts';
import { csrfToken } from '../http/guards/csrf.ts';
import { pageHeaders } from '../http/headers.ts';
import { logProblem } from '../http/log.ts';
import { pathOf } from '../http/paths.ts';
import type { Problem } from '../http/problem.ts';
import { OAuthError } from '../oauth/errors/oauth-error.ts';
import { assetUrl } from './assets.ts';
import { ErrorView } from './error/error-view.tsx';
import { messagesFor } from './messages/index.ts';
import { themeOf } from './page-context.ts';
import { renderDocument } from './ui/document.tsx';

/** Writes a problem as a page for a person: what happened, a way on, and the request's id. Needs no database. */
export function pageProblems(config: Config) {
  return async (problem: Problem, request: FastifyRequest, reply: FastifyReply) => {
    logProblem(problem, request);
    pageHeaders(reply);
    if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
    // What is refused before its route has no cookies yet, whatever the type says.
    const cookies: typeof request.cookies | null | undefined = request.cookies;
    const known = Object.keys(cookies ?? {}).length > 0;
    const context = {
      messages: messagesFor('en'),
      viewer: null,
      csrf: csrfToken((known && readCookie(request, config, 'browser')) || ''),
      path: pathOf(request.url),
      // What went wrong is not shown a second time.
      returnHere: '/',
      assets: assetUrl,
      theme: themeOf(known ? readCookie(request, config, 'theme') : undefined),
    };
    const explained = problem.cause instanceof OAuthError ? { error: problem.cause.row.error } : {};
    const view = (
      <ErrorView
        context={context}
        status={problem.status}
        kind={kindOf(problem)}
        requestId={request.id}
        {...explained}
      />
    );
    return reply.code(problem.status).type('text/html; charset=utf-8').send(renderDocument(view));
  };
}

/** What the page is about: what the row of an OAuth error names, else the problem's code. */
function kindOf({ cause, code }: Problem): string {
  return (cause instanceof OAuthError ? cause.row.page : undefined) ?? code;
}
