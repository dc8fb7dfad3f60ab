import type { Viewer } from '../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { AccountView, type AccountViewProps } from './account-view.tsx';

/** `/account/`: the viewer's connected applications and their number of devices, below a notice if there is one. */
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
