import { networkAddressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import { formTargetOf } from '../../http/headers.ts';
import { logProblem } from '../../http/log.ts';
import { queryOf } from '../../http/paths.ts';
import { Problem, problemOf } from '../../http/problem.ts';
import { type CallbackPermitted, mayActFor, permitCallback } from '../../oauth/authorize/callback-permission.ts';
import { type AuthorizationRequest, checkRequest, type TrustedRequest } from '../../oauth/authorize/checks.ts';
import { grantAuthorization } from '../../oauth/authorize/grant.ts';
import { mustLogIn, nextStep } from '../../oauth/authorize/next-step.ts';
import { errorLocation, successLocation } from '../../oauth/authorize/response.ts';
import { OAuthError } from '../../oauth/errors/oauth-error.ts';
import { digest } from '../../oauth/formats/digest.ts';
import type { Params } from '../../oauth/params.ts';
import { destinationOf } from '../../oauth/redirect-uri.ts';
import { linkTo, locationOf, readRequestId } from '../login/return-to.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { ConsentView } from './consent-view.tsx';
import { findPending, keepPending, type OpenRequest, refuseExpired } from './pending.ts';
import { sandboxOnly } from './sandbox-only.tsx';
import { trust } from './trusted-request.ts';

/** A request with nothing wrong about it, whose viewer may be sent back. */
type Checked = CallbackPermitted<AuthorizationRequest>;

/** The authorization endpoint (RFC 6749 3.1): GET asks, POST is the user's decision and nothing else. */
export const authorizeApplication: FormPage = {
  get: ask,
  post: decide,
  isForm: (form) => form.get('resume') !== undefined,
};

async function ask(request: PageRequest): Promise<PageResponse> {
  if (request.http.method === 'HEAD') refuseHead(request);
  const openRequest = await openRequestOf(request);
  return openRequest === undefined ? refuseExpired() : answer(request, openRequest);
}

/** The answer can be a code, and who only asks for headers does not want one. */
function refuseHead({ reply }: PageRequest): never {
  reply.header('allow', 'GET, POST');
  throw new Problem(405, 'method_not_allowed', 'This address takes GET, POST');
}

/** A resumed request is named by its id alone; whatever else the address holds is not looked at. */
async function openRequestOf(request: PageRequest): Promise<OpenRequest | undefined> {
  if (request.query.get('resume') !== undefined || request.query.repeated.has('resume')) {
    const id = readRequestId(request.query);
    return id === undefined ? undefined : findPending(request.services, id);
  }
  return { query: queryOf(request.http.url), at: request.services.clock.now(), pendingId: null };
}

async function answer(request: PageRequest, openRequest: OpenRequest): Promise<PageResponse> {
  const { params, trusted } = await trust(request.services, openRequest.query);
  const { viewer } = request;
  // The application learns of an error only once somebody logged in, so that it can't use us as an open redirector
  // (RFC 9700 4.11.2).
  if (viewer === null) return redirectToLogin(request, openRequest);
  const isMember = await isMemberOf(request, trusted, viewer);
  const stay = async () => sandboxOnly(request, trusted, { isMember, pendingId: await keptId(request, openRequest) });
  const returning = permitCallback(trusted, { userId: viewer.user.id, isMember });
  if (returning === undefined) return stay();
  const checked = check(params, returning);
  if (checked instanceof OAuthError) return refused(request, returning, checked);
  return mayActFor(trusted.application, viewer.user.id) ? proceed(request, openRequest, checked, viewer) : stay();
}

/** Only asked about sandboxes: the callbacks of other applications are open to everybody. */
async function isMemberOf(
  { services }: PageRequest,
  { application }: TrustedRequest,
  { user }: Viewer,
): Promise<boolean> {
  if (application.sandboxUserId === null) return false;
  return (await services.store.members.roleOf(application.id, user.id)) !== undefined;
}

function check(params: Params, trusted: CallbackPermitted): Checked | OAuthError {
  try {
    return checkRequest(params, trusted);
  } catch (thrown) {
    if (thrown instanceof OAuthError && thrown.row.redirect) return thrown;
    throw thrown;
  }
}

async function proceed(
  request: PageRequest,
  openRequest: OpenRequest,
  checked: Checked,
  { user, session }: Viewer,
): Promise<PageResponse> {
  const given = await request.services.store.authorizations.find(user.id, checked.application.id);
  const step = nextStep(checked, { userId: user.id, since: session.createdAt }, openRequest.at, given);
  switch (step.kind) {
    case 'log-in':
      return redirectToLogin(request, openRequest, 'fresh');
    case 'ask':
      return showConsent(request, openRequest, checked, user);
    case 'grant':
      return grant(request, openRequest, checked, { userId: user.id, pressedFrom: null });
  }
}

async function redirectToLogin(request: PageRequest, openRequest: OpenRequest, fresh?: 'fresh'): Promise<PageResponse> {
  const login = linkTo('/login/', { kind: 'request', id: await keptId(request, openRequest) });
  return { kind: 'redirect', location: fresh ? `${login}&fresh=1` : login };
}

/** The id of the request, which is kept from now on. */
async function keptId({ services, http }: PageRequest, openRequest: OpenRequest): Promise<string> {
  return openRequest.pendingId ?? keepPending(services, openRequest.query, networkAddressOf(http));
}

async function showConsent(
  request: PageRequest,
  openRequest: OpenRequest,
  checked: Checked,
  user: { readonly id: number },
): Promise<PageResponse> {
  const id = await keptId(request, openRequest);
  const { application, redirectUri } = checked;
  const view = (
    <ConsentView
      context={{ ...request.context, returnHere: locationOf({ kind: 'request', id }) }}
      application={application}
      destination={destinationOf(redirectUri)}
      pendingId={id}
      viewerId={user.id}
    />
  );
  return { kind: 'page', view, formTargets: [formTargetOf(redirectUri)] };
}

async function grant(
  request: PageRequest,
  openRequest: OpenRequest,
  checked: Checked,
  given: { readonly userId: number; readonly pressedFrom: string | null },
): Promise<PageResponse> {
  const { oauth } = request.services;
  const finishes = openRequest.pendingId === null ? null : digest(openRequest.pendingId);
  const granted = await grantAuthorization(oauth, checked, { ...given, finishes });
  switch (granted.outcome) {
    case 'granted':
      return { kind: 'callback', location: successLocation(checked, granted.code, oauth.settings.issuer) };
    case 'gone':
      return refuseExpired();
    case 'refused':
      throw new Problem(403, 'ended', 'The application or your account was changed in the meantime; start again');
  }
}

function refused(request: PageRequest, returning: CallbackPermitted, error: OAuthError): PageResponse {
  error.applicationId = returning.application.id;
  error.clientId = returning.application.clientId;
  logProblem(problemOf(error, 'authorize'), request.http, 'authorize refused');
  const { issuer } = request.services.oauth.settings;
  return { kind: 'callback', location: errorLocation(returning, error, issuer, request.http.id) };
}

/**
 * Handles Authorize and Deny of the consent page. The stored request is checked again and granted, never what the form
 * says; the form only names it and the person it was shown to.
 */
async function decide(request: PageRequest): Promise<PageResponse> {
  const { form, services, viewer } = request;
  const id = readRequestId(form);
  const openRequest = id === undefined ? undefined : await findPending(services, id);
  if (id === undefined || openRequest === undefined) return refuseExpired();
  const again: PageResponse = { kind: 'redirect', location: locationOf({ kind: 'request', id }) };
  // Somebody else is logged in than the one who read the page: nobody consents to what they did not see.
  if (viewer === null || form.get('viewer') !== String(viewer.user.id)) return again;
  const { params, trusted } = await trust(services, openRequest.query);
  // Asking again shows the page that a sandbox has for everybody but its test user.
  if (!mayActFor(trusted.application, viewer.user.id)) return again;
  const returning = permitCallback(trusted, { userId: viewer.user.id, isMember: false });
  const checked = returning && check(params, returning);
  if (checked === undefined || checked instanceof OAuthError) return again;
  // The application was changed while the page was read: what it says now is asked again.
  if (form.get('shown') !== String(checked.application.consentEpoch)) return again;
  if (mustLogIn(checked, { userId: viewer.user.id, since: viewer.session.createdAt }, openRequest.at)) return again;
  switch (form.repeated.has('decision') ? undefined : form.get('decision')) {
    case 'authorize':
      return grant(request, openRequest, checked, {
        userId: viewer.user.id,
        pressedFrom: networkAddressOf(request.http),
      });
    case 'deny':
      return deny(request, id, checked);
    default:
      throw new Problem(400, 'invalid_request', 'Choose Authorize or Deny');
  }
}

async function deny(request: PageRequest, id: string, checked: Checked): Promise<PageResponse> {
  const { clock, store } = request.services;
  const outcome = await store.pendingRequests.finish(digest(id), clock.now());
  if (outcome === 'gone') return refuseExpired();
  return refused(request, checked, new OAuthError('user_denied'));
}
