import { may } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { afterRow, listPage, pageSize, readFilters, textFilter } from '../../shared/filters.ts';
import { readRowId } from '../../shared/read-value.ts';
import { DevicesView } from './devices-view.tsx';

/** `/admin/devices/` */
export async function listRegisteredDevices({
  query,
  services,
  context,
  viewer,
}: PageRequest<Viewer>): Promise<PageResponse> {
  const filters = await readFilters(context, query, { text: textFilter('q'), after: afterRow });
  const [added, known] = [readRowId(query.get('added')), readRowId(query.get('known'))];
  return listPage(
    filters,
    (values) => services.store.devices.search({ ...values, limit: pageSize }),
    (page) => (
      <DevicesView
        context={context}
        filters={filters}
        mayAct={may(viewer.user.administratorRole, 'administer')}
        imported={added === undefined || known === undefined ? null : { added, known }}
        noticeName={query.get('done')}
        {...page}
      />
    ),
  );
}
