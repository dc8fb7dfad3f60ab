import type { Viewer } from '../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { lastDays, today } from '../shared/traffic.ts';
import { ConsoleHomeView } from './home-view.tsx';

/** `/admin/`: the queue of registrations, the open grant type changes, and the traffic. */
export async function showConsole({ services, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const { store, clock } = services;
  const now = clock.now();
  const day = today(now);
  const [overview, changes, traffic] = await Promise.all([
    store.registrations.overview(),
    store.grantChanges.open(),
    store.traffic.total(day - 29),
  ]);
  const view = (
    <ConsoleHomeView
      context={context}
      waiting={overview.counts.submitted}
      ages={overview.waitingSince.map((since) => Math.floor((now - since) / 86_400_000))}
      changes={changes}
      days={lastDays(traffic, day)}
    />
  );
  return { kind: 'page', view };
}
