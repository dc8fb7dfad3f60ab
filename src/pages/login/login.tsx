import { networkAddressOf } from '../../http/address.ts';
import { openSession } from '../../http/guards/session.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { tryLaterStatus } from '../shared/try-later.ts';
import { LoginView, type LoginViewProps } from './login-view.tsx';
import { locationOf, type ReturnTo, readReturnTo } from './return-to.ts';
import { respondWithWaitingApplication } from './waiting-application.ts';

/** `/login/`: logs in, then redirects to where the user came from. */
export const logIn: FormPage = { get: show, post: submit };

async function show(request: PageRequest): Promise<PageResponse> {
  const returnTo = readReturnTo(request.query);
  // Already logged in, and no fresh login is required.
  if (request.viewer !== null && request.query.get('fresh') === undefined) {
    return { kind: 'redirect', location: locationOf(returnTo) };
  }
  return page(request, returnTo, { email: '' });
}

async function submit(request: PageRequest): Promise<PageResponse> {
  const { form, http, reply, services } = request;
  const returnTo = readReturnTo(form);
  const email = form.get('email') ?? '';
  const password = form.get('password') ?? '';
  if (email === '' || password === '') return page(request, returnTo, { email, failure: 'missing' }, 400);
  const result = await services.authenticate({ email, password, from: networkAddressOf(http) });
  switch (result.outcome) {
    case 'signed_in':
      await openSession(services, http, reply, result.user);
      return { kind: 'redirect', location: locationOf(returnTo) };
    case 'refused':
      return page(request, returnTo, { email, failure: 'refused' }, 400);
    case 'throttled':
    case 'busy': {
      const { outcome, retryAfterSeconds } = result;
      const state = { email, failure: outcome, retryAfterSeconds };
      return page(request, returnTo, state, tryLaterStatus[outcome]);
    }
  }
}

type FormState = Pick<LoginViewProps, 'email' | 'failure' | 'retryAfterSeconds'>;

function page(
  { services, context }: PageRequest,
  returnTo: ReturnTo,
  state: FormState,
  status = 200,
): Promise<PageResponse> {
  return respondWithWaitingApplication(services, returnTo, status, state.retryAfterSeconds, (applicationName) => (
    <LoginView context={context} returnTo={returnTo} applicationName={applicationName} {...state} />
  ));
}
