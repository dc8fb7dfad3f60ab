import { networkAddressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import { Problem } from '../../http/problem.ts';
import { mayActFor, permitCallback } from '../../oauth/authorize/callback-permission.ts';
import { mustLogIn } from '../../oauth/authorize/next-step.ts';
import { OAuthError } from '../../oauth/errors/oauth-error.ts';
import { digest } from '../../oauth/formats/digest.ts';
import { locationOf, readRequestId } from '../login/return-to.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { type CheckedRequest, checkForCallback, redirectWithCode, redirectWithError } from './callback.ts';
import { findPending, type OpenRequest, refuseExpired } from './pending.ts';
import { trustRequest } from './trusted-request.ts';

/**
 * Handles *Authorize* and *Deny* of the consent page. The form names the stored request and the user who saw the page;
 * what is granted comes from the stored request, which is checked again.
 */
export async function decide(request: PageRequest): Promise<PageResponse> {
  const { form, services, viewer } = request;
  const id = readRequestId(form);
  const openRequest = id === undefined ? undefined : await findPending(services, id);
  if (id === undefined || openRequest === undefined) return refuseExpired();
  const checked = viewer === null ? undefined : await checkDecision(request, openRequest, viewer);
  if (viewer === null || checked === undefined) {
    return { kind: 'redirect', location: locationOf({ kind: 'request', id }) };
  }
  switch (form.repeated.has('decision') ? undefined : form.get('decision')) {
    case 'authorize':
      return redirectWithCode(request, openRequest, checked, {
        userId: viewer.user.id,
        pressedFrom: networkAddressOf(request.http),
      });
    case 'deny':
      return deny(request, id, checked);
    default:
      throw new Problem(400, 'invalid_request', 'Choose Authorize or Deny');
  }
}

/** The request that the viewer decides on; `undefined`: the decision does not count, and the viewer is asked again. */
async function checkDecision(
  { form, services }: PageRequest,
  openRequest: OpenRequest,
  { user, session }: Viewer,
): Promise<CheckedRequest | undefined> {
  // The consent page was shown to another user.
  if (form.get('viewer') !== String(user.id)) return undefined;
  const { params, trusted } = await trustRequest(services, openRequest.query);
  // A sandbox acts for its test user only. Asking again shows the page that says so.
  if (!mayActFor(trusted.application, user.id)) return undefined;
  const permitted = permitCallback(trusted, { userId: user.id, isMember: false });
  const checked = permitted && checkForCallback(params, permitted);
  if (checked === undefined || checked instanceof OAuthError) return undefined;
  // The application changed after the consent page was shown.
  if (form.get('shown') !== String(checked.application.consentEpoch)) return undefined;
  if (mustLogIn(checked, { userId: user.id, since: session.createdAt }, openRequest.at)) return undefined;
  return checked;
}

async function deny(request: PageRequest, id: string, checked: CheckedRequest): Promise<PageResponse> {
  const { clock, store } = request.services;
  const outcome = await store.pendingRequests.finish(digest(id), clock.now());
  if (outcome === 'gone') return refuseExpired();
  return redirectWithError(request, checked, new OAuthError('user_denied'));
}
