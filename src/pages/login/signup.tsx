import { signUp } from '../../accounts/sign-up.ts';
import { networkAddressOf } from '../../http/address.ts';
import { openSession } from '../../http/guards/session.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { tryLaterStatus } from '../shared/try-later.ts';
import { locationOf, type ReturnTo, readReturnTo } from './return-to.ts';
import { SignupView, type SignupViewProps } from './signup-view.tsx';
import { respondWithWaitingApplication } from './waiting-application.ts';

/** `/signup/`: creates an account and logs in with it. */
export const createAccount: FormPage = { get: show, post: submit };

const emptyValues = { firstName: '', lastName: '', email: '' };

async function show(request: PageRequest): Promise<PageResponse> {
  const returnTo = readReturnTo(request.query);
  if (request.viewer !== null) return { kind: 'redirect', location: locationOf(returnTo) };
  return page(request, returnTo, { values: emptyValues, problems: [] });
}

async function submit(request: PageRequest): Promise<PageResponse> {
  const { form, http, reply, services } = request;
  const returnTo = readReturnTo(form);
  const values = {
    firstName: form.get('first_name') ?? '',
    lastName: form.get('last_name') ?? '',
    email: form.get('email') ?? '',
  };
  const result = await signUp(services, { ...values, password: form.get('password') ?? '' }, networkAddressOf(http));
  switch (result.outcome) {
    case 'created':
      await openSession(services, http, reply, result.user);
      return { kind: 'redirect', location: locationOf(returnTo) };
    case 'invalid':
      return page(request, returnTo, { values, problems: result.problems }, 400);
    case 'throttled':
    case 'busy': {
      const { outcome, retryAfterSeconds } = result;
      const state = { values, problems: [], failure: outcome, retryAfterSeconds };
      return page(request, returnTo, state, tryLaterStatus[outcome]);
    }
  }
}

type FormState = Pick<SignupViewProps, 'values' | 'problems' | 'failure' | 'retryAfterSeconds'>;

function page(
  { services, context }: PageRequest,
  returnTo: ReturnTo,
  state: FormState,
  status = 200,
): Promise<PageResponse> {
  return respondWithWaitingApplication(services, returnTo, status, state.retryAfterSeconds, (applicationName) => (
    <SignupView context={context} returnTo={returnTo} applicationName={applicationName} {...state} />
  ));
}
