import type { Viewer } from '../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { AccountView, type AccountViewProps } from './account-view.tsx';

/** `/account/`: who you are, what is connected, how many devices you own now; with a notice of what was done on it. */
export async function showAccount(
  { services, context, viewer }: PageRequest<Viewer>,
  notice?: AccountViewProps['notice'],
): Promise<PageResponse> {
  const userId = viewer.user.id;
  const [connected, owned] = await Promise.all([
    services.store.authorizations.listConnected(userId),
    services.store.devices.list({
      userId,
      current: true,
      page: 1,
      limit: 1,
      orderBy: 'id',
      descending: false,
      now: services.clock.now(),
    }),
  ]);
  const view = (
    <AccountView
      context={context}
      firstName={viewer.user.firstName}
      connected={connected}
      ownedDevices={owned.count}
      {...(notice === undefined ? {} : { notice })}
    />
  );
  return { kind: 'page', view };
}
