import { signUp } from '../../accounts/sign-up.ts';
import { addressOf } from '../../http/address.ts';
import { openSession } from '../../http/guards/session.ts';
import { type Destination, destinationFrom, locationOf } from '../next.ts';
import type { Page, PageAnswer, PageRequest } from '../page.ts';
import { SignupView, type SignupViewProps } from './signup-view.tsx';
import { withinRequest } from './within-request.ts';

/** `/signup/` */
export const signupPage: Page = { path: '/signup/', guard: 'anyone', get: show, post: submit };

const nothing = { firstName: '', lastName: '', email: '' };

async function show(request: PageRequest): Promise<PageAnswer> {
  const destination = destinationFrom(request.query);
  if (request.viewer !== null) return { kind: 'redirect', location: locationOf(destination) };
  return page(request, destination, { values: nothing, problems: [] });
}

async function submit(request: PageRequest): Promise<PageAnswer> {
  const { form, http, reply, services } = request;
  const destination = destinationFrom(form);
  const values = {
    firstName: form.get('first_name') ?? '',
    lastName: form.get('last_name') ?? '',
    email: form.get('email') ?? '',
  };
  const answer = await signUp(services, { ...values, password: form.get('password') ?? '' }, addressOf(http));
  switch (answer.outcome) {
    case 'created':
      await openSession(services, http, reply, answer.user);
      return { kind: 'redirect', location: locationOf(destination) };
    case 'invalid':
      return page(request, destination, { values, problems: answer.problems }, 400);
    case 'throttled':
    case 'busy': {
      const { outcome, retryAfterSeconds } = answer;
      const status = outcome === 'throttled' ? 429 : 503;
      const filled = { values, problems: [], failure: outcome, retryAfterSeconds };
      return page(request, destination, filled, status);
    }
  }
}

type Filled = Pick<SignupViewProps, 'values' | 'problems' | 'failure' | 'retryAfterSeconds'>;

function page(
  { services, shell }: PageRequest,
  destination: Destination,
  filled: Filled,
  status = 200,
): Promise<PageAnswer> {
  return withinRequest(services, destination, status, filled.retryAfterSeconds, (applicationName) => (
    <SignupView shell={shell} destination={destination} applicationName={applicationName} {...filled} />
  ));
}
