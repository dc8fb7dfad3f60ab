import { networkAddressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import { formTargetOf } from '../../http/headers.ts';
import { queryOf } from '../../http/paths.ts';
import { mayActFor, permitCallback } from '../../oauth/authorize/callback-permission.ts';
import type { TrustedRequest } from '../../oauth/authorize/checks.ts';
import { nextStep } from '../../oauth/authorize/next-step.ts';
import { OAuthError } from '../../oauth/errors/oauth-error.ts';
import { destinationOf } from '../../oauth/redirect-uri.ts';
import { linkTo, locationOf, readRequestId } from '../login/return-to.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { type CheckedRequest, checkForCallback, redirectWithCode, redirectWithError } from './callback.ts';
import { ConsentView } from './consent-view.tsx';
import { decide } from './decide.ts';
import { findPending, type OpenRequest, refuseExpired, storePending } from './pending.ts';
import { sandboxOnly } from './sandbox-only.tsx';
import { trustRequest } from './trusted-request.ts';

/**
 * The authorization endpoint (RFC 6749 3.1): GET checks the request and asks the user, POST receives the user's
 * decision. Requests can't be sent by POST. HEAD returns the status and the headers of GET, but neither issues a code
 * nor stores the request (RFC 9110 9.2.1: it is safe).
 */
export const authorizeApplication: FormPage = {
  get: show,
  post: decide,
  isForm: (form) => form.get('resume') !== undefined,
};

async function show(request: PageRequest): Promise<PageResponse> {
  const openRequest = await openRequestOf(request);
  return openRequest === undefined ? refuseExpired() : respond(request, openRequest);
}

/** With `resume`, the stored request of that ID; all other parameters are ignored. Else the query itself. */
async function openRequestOf(request: PageRequest): Promise<OpenRequest | undefined> {
  if (request.query.get('resume') !== undefined || request.query.repeated.has('resume')) {
    const id = readRequestId(request.query);
    return id === undefined ? undefined : findPending(request.services, id);
  }
  return { query: queryOf(request.http.url), at: request.services.clock.now(), pendingId: null };
}

async function respond(request: PageRequest, openRequest: OpenRequest): Promise<PageResponse> {
  const { params, trusted } = await trustRequest(request.services, openRequest.query);
  const { viewer } = request;
  // Errors go to the callback only after a login: otherwise a link to us would redirect anyone to any registered
  // callback (open redirector, RFC 9700 4.11.2).
  if (viewer === null) return redirectToLogin(request, openRequest);
  const isMember = await isMemberOf(request, trusted, viewer);
  const stay = async () =>
    sandboxOnly(request, trusted, { isMember, pendingId: await pendingIdOf(request, openRequest) });
  const permitted = permitCallback(trusted, { userId: viewer.user.id, isMember });
  if (permitted === undefined) return stay();
  const checked = checkForCallback(params, permitted);
  if (checked instanceof OAuthError) return redirectWithError(request, permitted, checked);
  return mayActFor(trusted.application, viewer.user.id) ? proceed(request, openRequest, checked, viewer) : stay();
}

/** Looked up for sandboxes only: every user may be sent to the callbacks of other applications. */
async function isMemberOf(
  { services }: PageRequest,
  { application }: TrustedRequest,
  { user }: Viewer,
): Promise<boolean> {
  if (application.sandboxUserId === null) return false;
  return (await services.store.members.roleOf(application.id, user.id)) !== undefined;
}

async function proceed(
  request: PageRequest,
  openRequest: OpenRequest,
  checked: CheckedRequest,
  { user, session }: Viewer,
): Promise<PageResponse> {
  const authorization = await request.services.store.authorizations.find(user.id, checked.application.id);
  const step = nextStep(checked, { userId: user.id, since: session.createdAt }, openRequest.at, authorization);
  switch (step.kind) {
    case 'log-in':
      return redirectToLogin(request, openRequest, 'fresh');
    case 'ask':
      return showConsent(request, openRequest, checked, user);
    case 'grant':
      // The client would not read the code. The consent page is the response of a request without one.
      if (isHead(request)) return showConsent(request, openRequest, checked, user);
      return redirectWithCode(request, openRequest, checked, { userId: user.id, pressedFrom: null });
  }
}

/** `fresh`: the login page asks for the password even of a user who is logged in. */
async function redirectToLogin(request: PageRequest, openRequest: OpenRequest, fresh?: 'fresh'): Promise<PageResponse> {
  const id = await pendingIdOf(request, openRequest);
  if (id === notStored) return { kind: 'redirect', location: '/login/' };
  const login = linkTo('/login/', { kind: 'request', id });
  return { kind: 'redirect', location: fresh ? `${login}&fresh=1` : login };
}

/** The ID in the response to HEAD, where no body shows it. */
const notStored = '';

/** The ID under which the request is stored. Stores it if it is new, except for HEAD: then {@link notStored}. */
async function pendingIdOf(request: PageRequest, openRequest: OpenRequest): Promise<string> {
  if (openRequest.pendingId !== null) return openRequest.pendingId;
  if (isHead(request)) return notStored;
  return storePending(request.services, openRequest.query, networkAddressOf(request.http));
}

function isHead({ http }: PageRequest): boolean {
  return http.method === 'HEAD';
}

async function showConsent(
  request: PageRequest,
  openRequest: OpenRequest,
  checked: CheckedRequest,
  user: { readonly id: number },
): Promise<PageResponse> {
  const id = await pendingIdOf(request, openRequest);
  const { application, redirectUri } = checked;
  const view = (
    <ConsentView
      context={{ ...request.context, returnPath: locationOf({ kind: 'request', id }) }}
      application={application}
      destination={destinationOf(redirectUri)}
      pendingId={id}
      viewerId={user.id}
    />
  );
  return { kind: 'page', view, formTargets: [formTargetOf(redirectUri)] };
}
