import type { Viewer } from '../../../http/guards/session.ts';
import { assignDevice } from '../../../use-cases/devices.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView } from '../../shared/confirmation-view.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { consoleSection } from '../section.ts';
import { deviceOrNotFound } from './device.tsx';
import { OwnerField, readOwner } from './owner-field.tsx';

/** `/admin/devices/{device}/assign/`: gives the device to another owner, or to none. */
export const reassignDevice: FormPage<Viewer> = {
  get: async (request) => askToAssign(request),
  post: async (request) => {
    const device = await deviceOrNotFound(request);
    // The form names the owner it was shown with. If the device has another one now, the form is shown again.
    if (request.form.get('owner') !== String(device.owner?.id ?? 'nobody')) return askToAssign(request, 'lost');
    const owner = await readOwner(request);
    if (owner === undefined) return askToAssign(request, 'no_account');
    const outcome = await assignDevice(contextForUseCase(request), device, owner);
    if (outcome !== 'assigned') return askToAssign(request, 'lost');
    return { kind: 'redirect', location: `/admin/devices/${device.id}/?done=assigned` };
  },
};

async function askToAssign(request: PageRequest<Viewer>, problem?: 'no_account' | 'lost'): Promise<PageResponse> {
  const device = await deviceOrNotFound(request);
  const { context, form } = request;
  const { admin } = context.messages;
  const texts = admin.device;
  const errors = problem === undefined ? [] : [texts.problems[problem]];
  const view = (
    <ConfirmationView
      context={context}
      section={consoleSection(context)}
      name={texts.assign}
      title={texts.assignTitle(device.serialNumber)}
      effects={texts.assignEffects(device.owner?.email ?? texts.nobody)}
      submit={texts.assign}
      back={{ href: `/admin/devices/${device.id}/`, text: admin.back }}
      errors={errors.map((text) => ({ field: 'email', text }))}
      hidden={{ owner: device.owner?.id ?? 'nobody' }}
    >
      <OwnerField context={context} form={form} errors={errors} />
    </ConfirmationView>
  );
  return { kind: 'page', view, status: problem === undefined ? 200 : 400 };
}
