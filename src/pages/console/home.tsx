import type { Page } from '../page.ts';
import { lastDays, today } from '../shared/traffic.ts';
import { AdminHomeView } from './home-view.tsx';

/** `/admin/`: what waits for somebody. */
export const adminHomePage: Page = {
  path: '/admin/',
  guard: 'staff',
  power: 'read',
  get: async ({ services, shell }) => {
    const { store, clock } = services;
    const now = clock.now();
    const day = today(now);
    const [overview, changes, traffic] = await Promise.all([
      store.registrations.overview(),
      store.grantChanges.open(),
      store.traffic.total(day - 29),
    ]);
    const view = (
      <AdminHomeView
        shell={shell}
        waiting={overview.counts.submitted}
        ages={overview.waitingSince.map((since) => Math.floor((now - since) / 86_400_000))}
        changes={changes}
        days={lastDays(traffic, day)}
      />
    );
    return { kind: 'page', view };
  },
};
