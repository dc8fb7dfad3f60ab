import type { Viewer } from '../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { today } from '../shared/traffic.ts';
import { SystemView } from './system-view.tsx';

/** `/admin/system/`: versions, database, jobs, mails and the error rate. */
export async function showSystem({ services, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const { store, clock, config, oauth, about } = services;
  const day = today(clock.now());
  const [migrations, users, mails, traffic] = await Promise.all([
    store.maintenance.migrations(),
    store.users.count(),
    store.mails.counts(),
    store.traffic.total(day - 29),
  ]);
  const view = (
    <SystemView
      context={context}
      version={about.version}
      node={process.version}
      startedAt={about.startedAt}
      database={config.databaseUrl === null ? 'sqlite' : 'postgres'}
      migrations={migrations}
      users={users}
      keyId={oauth.keys.current().id}
      mails={mails}
      hasMailServer={config.smtpUrl !== null}
      jobs={about.jobs()}
      today={traffic.find((each) => each.day === day) ?? { day, requests: 0, errors: 0 }}
      month={traffic}
    />
  );
  return { kind: 'page', view };
}
