import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { lastDays, today } from '../../shared/traffic.ts';
import { membershipOf } from '../members/membership.ts';
import { ApplicationView } from './application-view.tsx';

/** The number of refused requests on the overview. */
const maxRefusals = 5;

/** `/developer/applications/{application}/`: configuration, token policy, traffic and refused requests. */
export async function showOwnApplication(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { services, context, query } = request;
  const { application, role } = await membershipOf(request);
  const { store, clock, config } = services;
  const day = today(clock.now());
  const [impact, traffic, refusedRequests, testUser] = await Promise.all([
    store.applications.impact(application.id),
    store.traffic.list(application.id, day - 29),
    store.refusedRequests.list({ applicationId: application.id, limit: maxRefusals }),
    application.sandboxUserId === null ? undefined : store.users.find(application.sandboxUserId),
  ]);
  const disconnected = Number(query.get('disconnected'));
  const view = (
    <ApplicationView
      context={context}
      application={application}
      isOwner={role === 'owner'}
      issuer={config.publicUrl}
      defaultTokenSeconds={config.accessTokenSeconds}
      impact={impact}
      days={lastDays(traffic, day)}
      refusedRequests={refusedRequests.rows}
      sandboxEmail={testUser?.email ?? null}
      {...(Number.isSafeInteger(disconnected) && query.get('disconnected') !== undefined && { disconnected })}
    />
  );
  return { kind: 'page', view };
}
