import { addressOf } from '../../http/address.ts';
import { openSession } from '../../http/guards/session.ts';
import { type Destination, destinationFrom, locationOf } from '../next.ts';
import type { Page, PageAnswer, PageRequest } from '../page.ts';
import { LoginView, type LoginViewProps } from './login-view.tsx';
import { withinRequest } from './within-request.ts';

/** `/login/` */
export const loginPage: Page = { path: '/login/', guard: 'anyone', get: show, post: submit };

async function show(request: PageRequest): Promise<PageAnswer> {
  const destination = destinationFrom(request.query);
  // Logged in already, and nobody asked for a fresh log-in: go on.
  if (request.viewer !== null && request.query.get('fresh') === undefined) {
    return { kind: 'redirect', location: locationOf(destination) };
  }
  return page(request, destination, { email: '' });
}

async function submit(request: PageRequest): Promise<PageAnswer> {
  const { form, http, reply, services } = request;
  const destination = destinationFrom(form);
  const email = form.get('email') ?? '';
  const password = form.get('password') ?? '';
  if (email === '' || password === '') return page(request, destination, { email, failure: 'missing' }, 400);
  const answer = await services.signIn({ email, password, from: addressOf(http) });
  switch (answer.outcome) {
    case 'signed_in':
      await openSession(services, http, reply, answer.user);
      return { kind: 'redirect', location: locationOf(destination) };
    case 'refused':
      return page(request, destination, { email, failure: 'refused' }, 400);
    case 'throttled':
    case 'busy': {
      const { outcome, retryAfterSeconds } = answer;
      const status = outcome === 'throttled' ? 429 : 503;
      return page(request, destination, { email, failure: outcome, retryAfterSeconds }, status);
    }
  }
}

type Filled = Pick<LoginViewProps, 'email' | 'failure' | 'retryAfterSeconds'>;

function page(
  { services, shell }: PageRequest,
  destination: Destination,
  filled: Filled,
  status = 200,
): Promise<PageAnswer> {
  return withinRequest(services, destination, status, filled.retryAfterSeconds, (applicationName) => (
    <LoginView shell={shell} destination={destination} applicationName={applicationName} {...filled} />
  ));
}
