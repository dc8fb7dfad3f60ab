import { may } from '../../../accounts/roles.ts';
import type { Page } from '../../page.ts';
import { afterRow, listPage, pageSize, readFilters, textFilter } from '../../shared/filters.ts';
import { idFrom } from '../query.ts';
import { DevicesView } from './devices-view.tsx';

/** `/admin/devices/` */
export const adminDevicesPage: Page = {
  path: '/admin/devices/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell, viewer }) => {
    const asked = await readFilters(shell, query, { text: textFilter('q'), after: afterRow });
    const [added, known] = [idFrom(query.get('added')), idFrom(query.get('known'))];
    return listPage(
      asked,
      (values) => services.store.devices.search({ ...values, limit: pageSize }),
      (listed) => (
        <DevicesView
          shell={shell}
          asked={asked}
          mayAct={may(viewer.user.staffRole, 'administer')}
          imported={added === undefined || known === undefined ? null : { added, known }}
          done={query.get('done')}
          {...listed}
        />
      ),
    );
  },
};
