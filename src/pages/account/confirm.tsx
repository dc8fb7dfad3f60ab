import { networkAddressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import { locationOf, type ReturnTo, readReturnToPage } from '../login/return-to.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { tryLaterStatus } from '../shared/try-later.ts';
import { ConfirmView } from './confirm-view.tsx';

/** `/account/confirm/?next=…`: asks for the password again before an important action. */
export const confirmPassword: FormPage<Viewer> = {
  get: async (request) => ({ kind: 'page', view: viewOf(request, readReturnToPage(request.query)) }),
  post: confirm,
};

function viewOf(
  { context }: PageRequest<Viewer>,
  returnTo: ReturnTo,
  failure?: 'refused' | 'throttled' | 'busy',
  retryAfterSeconds = 1,
) {
  return <ConfirmView context={context} returnTo={returnTo} failure={failure} retryAfterSeconds={retryAfterSeconds} />;
}

async function confirm(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { form, services, viewer, http } = request;
  const returnTo = readReturnToPage(form);
  const result = await services.authenticate({
    email: viewer.user.email,
    password: form.get('password') ?? '',
    from: networkAddressOf(http),
  });
  switch (result.outcome) {
    case 'signed_in':
      await services.store.sessions.confirm(viewer.session.idHash, services.clock.now());
      return { kind: 'redirect', location: locationOf(returnTo) };
    case 'refused':
      return { kind: 'page', view: viewOf(request, returnTo, 'refused'), status: 400 };
    default: {
      const { outcome, retryAfterSeconds } = result;
      const view = viewOf(request, returnTo, outcome, retryAfterSeconds);
      return { kind: 'page', view, status: tryLaterStatus[outcome], retryAfterSeconds };
    }
  }
}
