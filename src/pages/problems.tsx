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

/**
 * Returns a function that writes a problem as an HTML page: what happened, links to go on, and the request ID. It works
 * without the database.
 */
export function pageProblems(config: Config) {
  return async (problem: Problem, request: FastifyRequest, reply: FastifyReply) => {
    logProblem(problem, request);
    pageHeaders(reply);
    if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
    // A request that is refused before routing has no parsed cookies yet, unlike its type says.
    const cookies: typeof request.cookies | null | undefined = request.cookies;
    const hasCookies = Object.keys(cookies ?? {}).length > 0;
    const context = {
      messages: messagesFor('en'),
      viewer: null,
      csrf: csrfToken((hasCookies && readCookie(request, config, 'browser')) || ''),
      path: pathOf(request.url),
      // Not the failed URL: returning there would only show the problem again.
      returnPath: '/',
      assets: assetUrl,
      theme: themeOf(hasCookies ? readCookie(request, config, 'theme') : undefined),
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

/** The key of the page's texts: the `page` of an OAuth error's row, else the code of the problem. */
function kindOf({ cause, code }: Problem): string {
  return (cause instanceof OAuthError ? cause.row.page : undefined) ?? code;
}
