import type { Viewer } from '../../../http/guards/session.ts';
import { addDevice } from '../../../use-cases/devices.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView } from '../../shared/confirmation-view.tsx';
import { Field } from '../../ui/forms/field.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { consoleSection } from '../section.ts';
import { OwnerField, readOwner } from './owner-field.tsx';

type AddProblem = 'taken' | 'bad_serial_number' | 'bad_device_name' | 'no_account';

/** The field of the form that a problem is about. */
const fieldOf: Readonly<Record<AddProblem, string>> = {
  taken: 'serial',
  bad_serial_number: 'serial',
  bad_device_name: 'name',
  no_account: 'email',
};

/** `/admin/devices/add/` */
export const addOneDevice: FormPage<Viewer> = {
  get: async (request) => askToAdd(request),
  post: async (request) => {
    const { form } = request;
    const owner = await readOwner(request);
    if (owner === undefined) return askToAdd(request, 'no_account');
    const device = { serialNumber: form.get('serial')?.trim() ?? '', deviceName: form.get('name')?.trim() ?? '' };
    const added = await addDevice(contextForUseCase(request), { ...device, ownerId: owner?.id ?? null });
    if (added.outcome !== 'added') return askToAdd(request, added.outcome);
    return { kind: 'redirect', location: `/admin/devices/${added.id}/?done=added` };
  },
};

function askToAdd({ context, form }: PageRequest<Viewer>, problem?: AddProblem): PageResponse {
  const { admin } = context.messages;
  const texts = admin.device;
  const errors = (field: string) =>
    problem !== undefined && fieldOf[problem] === field ? [texts.problems[problem]] : [];
  const view = (
    <ConfirmationView
      context={context}
      section={consoleSection(context)}
      name={texts.addTitle}
      title={texts.addTitle}
      effects={texts.addEffects}
      submit={texts.add}
      back={{ href: '/admin/devices/', text: admin.back }}
      errors={problem === undefined ? [] : [{ field: fieldOf[problem], text: texts.problems[problem] }]}
    >
      <Field
        name="serial"
        label={texts.serialNumber}
        value={form.get('serial') ?? ''}
        errors={errors('serial')}
        literal
      />
      <Field name="name" label={texts.deviceName} value={form.get('name') ?? ''} errors={errors('name')} literal />
      <OwnerField context={context} form={form} errors={errors('email')} />
    </ConfirmationView>
  );
  return { kind: 'page', view, status: problem === undefined ? 200 : 400 };
}
