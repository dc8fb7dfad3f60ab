import type { Application, Registration } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Badge } from '../ui/badge.tsx';
import type { Tone } from '../ui/notice.tsx';

/** The status of an application: suspended, sandbox or active. */
export function ApplicationBadge({
  context,
  application,
}: {
  readonly context: PageContext;
  readonly application: Pick<Application, 'status' | 'sandboxUserId'>;
}) {
  const { home } = context.messages.developer;
  if (application.status === 'suspended') return <Badge tone="warning">{home.suspended}</Badge>;
  if (application.sandboxUserId !== null) return <Badge tone="info">{home.sandbox}</Badge>;
  return <Badge tone="good">{home.active}</Badge>;
}

const tones: Readonly<Record<Registration['state'], Tone>> = {
  draft: 'info',
  submitted: 'info',
  information_requested: 'warning',
  approved: 'good',
  declined: 'bad',
  withdrawn: 'info',
};

export function RegistrationBadge({
  context,
  state,
}: {
  readonly context: PageContext;
  readonly state: Registration['state'];
}) {
  return <Badge tone={tones[state]}>{context.messages.developer.states[state]}</Badge>;
}
