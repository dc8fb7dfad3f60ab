import { takeDevice } from '../../devices/take.ts';
import { networkAddressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { ActivationView, type ActivationViewProps } from './activation-view.tsx';

/** `/device-activation/`: the viewer takes a device by its serial number and its name. */
export const activateDevice: FormPage<Viewer> = {
  get: async (request) => page(request, { serialNumber: '', deviceName: '' }),
  post: submit,
};

async function submit(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { form, http, services, viewer } = request;
  const values = {
    serialNumber: (form.get('serial_number') ?? '').trim(),
    deviceName: (form.get('device_name') ?? '').trim(),
  };
  if (values.serialNumber === '' || values.deviceName === '') return page(request, values, 'missing', 400);
  const taken = await takeDevice(services, {
    userId: viewer.user.id,
    ...values,
    origin: { from: networkAddressOf(http) },
  });
  switch (taken.outcome) {
    case 'taken':
      return page(request, { serialNumber: '', deviceName: '' }, 'taken');
    case 'already_yours':
      return page(request, values, 'already_yours');
    case 'owned':
      return page(request, values, 'owned', 409);
    case 'unknown':
      return page(request, values, 'unknown', 404);
    case 'throttled':
      return { ...page(request, values, 'throttled', 429), retryAfterSeconds: taken.retryAfterSeconds };
  }
}

function page(
  { context }: PageRequest<Viewer>,
  values: ActivationViewProps['values'],
  result?: ActivationViewProps['result'],
  status = 200,
): PageResponse & { kind: 'page' } {
  const view = <ActivationView context={context} values={values} {...(result === undefined ? {} : { result })} />;
  return { kind: 'page', view, status };
}
