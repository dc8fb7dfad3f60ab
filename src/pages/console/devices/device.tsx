import { may } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { RegisteredDevice } from '../../../ports/store/index.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { readRowId } from '../../shared/read-value.ts';
import { DeviceView } from './device-view.tsx';

/** `/admin/devices/{device}/`: the device with its owner and its former owners. */
export async function showDevice(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { services, context, viewer, query } = request;
  const device = await deviceOrNotFound(request);
  const history = await services.store.devices.history(device.id);
  const mayAct = may(viewer.user.administratorRole, 'administer');
  const noticeName = query.get('done');
  const view = (
    <DeviceView context={context} device={device} history={history} mayAct={mayAct} noticeName={noticeName} />
  );
  return { kind: 'page', view };
}

/** The device that the path names. @throws {Problem} 404 */
export async function deviceOrNotFound({ services, segments }: PageRequest<Viewer>): Promise<RegisteredDevice> {
  const id = readRowId(segments.device);
  const device = id === undefined ? undefined : await services.store.devices.findRegistered(id);
  if (device === undefined) throw new Problem(404, 'not_found', 'There is no such device');
  return device;
}
