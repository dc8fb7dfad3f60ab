import { networkAddressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import { locationOf, type ReturnTo, readReturnToPage } from '../login/return-to.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { ConfirmView } from './confirm-view.tsx';

/** `/account/confirm/?next=…`: asks for the password again before something that matters. */
export const confirmPassword: FormPage<Viewer> = {
  get: async (request) => ({ kind: 'page', view: viewOf(request, readReturnToPage(request.query)) }),
  post: confirm,
};

function viewOf(
  { context }: PageRequest<Viewer>,
  returnTo: ReturnTo,
  failure?: 'refused' | 'throttled' | 'busy',
  seconds = 1,
) {
  return <ConfirmView context={context} returnTo={returnTo} failure={failure} retryAfterSeconds={seconds} />;
}

async function confirm(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { form, services, viewer, http } = request;
  const returnTo = readReturnToPage(form);
  const answer = await services.authenticate({
    email: viewer.user.email,
    password: form.get('password') ?? '',
    from: networkAddressOf(http),
  });
  switch (answer.outcome) {
    case 'signed_in':
      await services.store.sessions.confirm(viewer.session.idHash, services.clock.now());
      return { kind: 'redirect', location: locationOf(returnTo) };
    case 'refused':
      return { kind: 'page', view: viewOf(request, returnTo, 'refused'), status: 400 };
    default: {
      const { outcome, retryAfterSeconds } = answer;
      const view = viewOf(request, returnTo, outcome, retryAfterSeconds);
      return { kind: 'page', view, status: outcome === 'throttled' ? 429 : 503, retryAfterSeconds };
    }
  }
}
