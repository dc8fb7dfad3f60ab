import { may } from '../../accounts/roles.ts';
import type { Page } from '../page.ts';
import { DevicesView } from './devices-view.tsx';
import { idFrom, listQuery } from './query.ts';

/** `/admin/devices/` */
export const adminDevicesPage: Page = {
  path: '/admin/devices/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell, viewer }) => {
    const asked = listQuery(query);
    const listed = await services.store.devices.search(asked);
    const [added, known] = [idFrom(query.get('added')), idFrom(query.get('known'))];
    const view = (
      <DevicesView
        shell={shell}
        text={asked.text ?? ''}
        mayAct={may(viewer.user.staffRole, 'administer')}
        imported={added === undefined || known === undefined ? null : { added, known }}
        done={query.get('done')}
        {...listed}
      />
    );
    return { kind: 'page', view };
  },
};
