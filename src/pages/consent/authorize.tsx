import { addressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import { formTargetOf } from '../../http/headers.ts';
import { noteProblem } from '../../http/log.ts';
import { queryOf } from '../../http/paths.ts';
import { Problem, problemOf } from '../../http/problem.ts';
import { actsFor, type Returning, returningFor } from '../../oauth/authorize/callback-permission.ts';
import { type AuthorizationRequest, checkRequest, type TrustedRequest } from '../../oauth/authorize/checks.ts';
import { grantAuthorization } from '../../oauth/authorize/grant.ts';
import { mustLogIn, nextStep } from '../../oauth/authorize/next-step.ts';
import { refusalLocation, successLocation } from '../../oauth/authorize/response.ts';
import { Refusal } from '../../oauth/errors.ts';
import { digest } from '../../oauth/formats/digest.ts';
import { endpointPaths } from '../../oauth/metadata.ts';
import type { Params } from '../../oauth/params.ts';
import { destinationOf } from '../../oauth/redirect-uri.ts';
import { destinationFrom } from '../next.ts';
import type { Page, PageAnswer, PageRequest } from '../page.ts';
import { ConsentView } from './consent-view.tsx';
import { expired } from './expired.ts';
import { type Asked, keep, resumed, trust } from './pending.ts';
import { sandboxOnly } from './sandbox-only.tsx';

/** A request with nothing wrong about it, whose viewer may be sent back. */
type Checked = Returning<AuthorizationRequest>;

/** The authorization endpoint (RFC 6749 3.1): GET asks, POST is the user's decision and nothing else. */
export const authorizePage: Page = {
  path: endpointPaths.authorize,
  guard: 'anyone',
  get: ask,
  post: decide,
  isForm: (form) => form.get('resume') !== undefined,
};

async function ask(request: PageRequest): Promise<PageAnswer> {
  if (request.http.method === 'HEAD') refuseHead(request);
  const asked = await askedBy(request);
  return asked === undefined ? expired() : answer(request, asked);
}

/** The answer can be a code, and who only asks for headers does not want one. */
function refuseHead({ reply }: PageRequest): never {
  reply.header('allow', 'GET, POST');
  throw new Problem(405, 'method_not_allowed', 'This address takes GET, POST');
}

/** A resumed request is named by its id alone; whatever else the address holds is not looked at. */
async function askedBy(request: PageRequest): Promise<Asked | undefined> {
  const { resume } = destinationFrom(request.query);
  if (request.query.get('resume') !== undefined || request.query.repeated.has('resume')) {
    return resume === undefined ? undefined : resumed(request.services, resume);
  }
  return { query: queryOf(request.http.url), at: request.services.clock.now(), resume: null };
}

async function answer(request: PageRequest, asked: Asked): Promise<PageAnswer> {
  const { params, trusted } = await trust(request.services, asked.query);
  const { viewer } = request;
  // The application learns of an error only once somebody logged in, so that it can't use us as an open redirector
  // (RFC 9700 4.11.2).
  if (viewer === null) return logIn(request, asked);
  const isMember = await isMemberOf(request, trusted, viewer);
  const stay = async () => sandboxOnly(request, trusted, { isMember, resume: await keptId(request, asked) });
  const returning = returningFor(trusted, { userId: viewer.user.id, isMember });
  if (returning === undefined) return stay();
  const checked = check(params, returning);
  if (checked instanceof Refusal) return refused(request, returning, checked);
  return actsFor(trusted.application, viewer.user.id) ? proceed(request, asked, checked, viewer) : stay();
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

function check(params: Params, trusted: Returning): Checked | Refusal {
  try {
    return checkRequest(params, trusted);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
}

async function proceed(
  request: PageRequest,
  asked: Asked,
  checked: Checked,
  { user, session }: Viewer,
): Promise<PageAnswer> {
  const given = await request.services.store.authorizations.find(user.id, checked.application.id);
  const step = nextStep(checked, { userId: user.id, since: session.createdAt }, asked.at, given);
  switch (step.kind) {
    case 'log-in':
      return logIn(request, asked, 'fresh');
    case 'ask':
      return showConsent(request, asked, checked, user);
    case 'grant':
      return grant(request, asked, checked, { userId: user.id, pressedFrom: null });
  }
}

async function logIn(request: PageRequest, asked: Asked, fresh?: 'fresh'): Promise<PageAnswer> {
  const resume = await keptId(request, asked);
  return { kind: 'redirect', location: `/login/?resume=${resume}${fresh ? '&fresh=1' : ''}` };
}

/** The id of the request, which is kept from now on. */
async function keptId({ services, http }: PageRequest, asked: Asked): Promise<string> {
  return asked.resume ?? keep(services, asked.query, addressOf(http));
}

async function showConsent(
  request: PageRequest,
  asked: Asked,
  checked: Checked,
  user: { readonly id: number },
): Promise<PageAnswer> {
  const resume = await keptId(request, asked);
  const { application, redirectUri } = checked;
  const view = (
    <ConsentView
      shell={{ ...request.shell, here: `${endpointPaths.authorize}?resume=${resume}` }}
      application={application}
      destination={destinationOf(redirectUri)}
      resume={resume}
      viewerId={user.id}
    />
  );
  return { kind: 'page', view, formTargets: [formTargetOf(redirectUri)] };
}

async function grant(
  request: PageRequest,
  asked: Asked,
  checked: Checked,
  given: { readonly userId: number; readonly pressedFrom: string | null },
): Promise<PageAnswer> {
  const { oauth } = request.services;
  const finishes = asked.resume === null ? null : digest(asked.resume);
  const granted = await grantAuthorization(oauth, checked, { ...given, finishes });
  switch (granted.outcome) {
    case 'granted':
      return { kind: 'callback', location: successLocation(checked, granted.code, oauth.settings.issuer) };
    case 'gone':
      return expired();
    case 'refused':
      throw new Problem(403, 'ended', 'The application or your account was changed in the meantime; start again');
  }
}

function refused(request: PageRequest, returning: Returning, refusal: Refusal): PageAnswer {
  request.http.log.info({ reason: refusal.reason, client_id: returning.application.clientId }, 'authorize refused');
  refusal.applicationId = returning.application.id;
  noteProblem(problemOf(refusal), request.http);
  const { issuer } = request.services.oauth.settings;
  return { kind: 'callback', location: refusalLocation(returning, refusal, issuer, request.http.id) };
}

/**
 * Handles Authorize and Deny of the consent page. The stored request is checked again and granted, never what the form
 * says; the form only names it and the person it was shown to.
 */
async function decide(request: PageRequest): Promise<PageAnswer> {
  const { form, services, viewer } = request;
  const { resume } = destinationFrom(form);
  const asked = resume === undefined ? undefined : await resumed(services, resume);
  if (resume === undefined || asked === undefined) return expired();
  const again: PageAnswer = { kind: 'redirect', location: `${endpointPaths.authorize}?resume=${resume}` };
  // Somebody else is logged in than the one who read the page: nobody consents to what they did not see.
  if (viewer === null || form.get('viewer') !== String(viewer.user.id)) return again;
  const { params, trusted } = await trust(services, asked.query);
  // Asking again shows the page that a sandbox has for everybody but its test user.
  if (!actsFor(trusted.application, viewer.user.id)) return again;
  const returning = returningFor(trusted, { userId: viewer.user.id, isMember: false });
  const checked = returning && check(params, returning);
  if (checked === undefined || checked instanceof Refusal) return again;
  // The application was changed while the page was read: what it says now is asked anew.
  if (form.get('shown') !== String(checked.application.consentEpoch)) return again;
  if (mustLogIn(checked, { userId: viewer.user.id, since: viewer.session.createdAt }, asked.at)) return again;
  switch (form.repeated.has('decision') ? undefined : form.get('decision')) {
    case 'authorize':
      return grant(request, asked, checked, { userId: viewer.user.id, pressedFrom: addressOf(request.http) });
    case 'deny':
      return deny(request, resume, checked);
    default:
      throw new Problem(400, 'invalid_request', 'Choose Authorize or Deny');
  }
}

async function deny(request: PageRequest, resume: string, checked: Checked): Promise<PageAnswer> {
  const { clock, store } = request.services;
  const outcome = await store.pendingRequests.finish(digest(resume), clock.now());
  if (outcome === 'gone') return expired();
  return refused(
    request,
    checked,
    new Refusal('access_denied', 'The user denied the request', { cause: 'user_denied' }),
  );
}
