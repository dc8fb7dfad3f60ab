import type { Viewer } from '../../http/guards/session.ts';
import type { Page, PageAnswer, PageRequest } from '../page.ts';
import { AccountView, type AccountViewProps } from './account-view.tsx';

/** `/account/`: who you are, what is connected, how many devices you own now. */
export const accountPage: Page = { path: '/account/', guard: 'signed-in', get: (request) => showAccount(request) };

/** Also shown, with a notice, after something on it was done. */
export async function showAccount(
  { services, shell, viewer }: PageRequest<Viewer>,
  notice?: AccountViewProps['notice'],
): Promise<PageAnswer> {
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
      shell={shell}
      firstName={viewer.user.firstName}
      connected={connected}
      ownedDevices={owned.count}
      {...(notice === undefined ? {} : { notice })}
    />
  );
  return { kind: 'page', view };
}
