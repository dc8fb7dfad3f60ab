import type { LineProblem } from '../../../devices/csv.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import { finishImport, stageImport } from '../../../use-cases/devices.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView } from '../../shared/confirmation-view.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { consoleSection } from '../section.ts';
import { ImportView } from './device-import-view.tsx';

/** In bytes. A list of 100,000 devices has 2 MB, and a form encodes each line end as six bytes. */
const listLimit = 8 * 1024 * 1024;

/** In characters. */
const maxTextShown = 20_000;

/** `/admin/devices/import/`: checks a list and stages its devices, or shows the problems by line. */
export const importDevices: FormPage<Viewer> = {
  formLimit: listLimit,
  get: async (request) => show(request, []),
  post: async (request) => {
    const staged = await stageImport(contextForUseCase(request), request.form.get('csv') ?? '');
    if (staged.outcome === 'refused') return show(request, staged.problems);
    return { kind: 'redirect', location: `/admin/devices/import/${staged.id}/` };
  },
};

function show({ context, form }: PageRequest<Viewer>, problems: readonly LineProblem[]): PageResponse {
  const csv = form.get('csv') ?? '';
  // A long list is corrected in its file, so it is not sent back.
  const text = csv.length > maxTextShown ? '' : csv;
  const view = <ImportView context={context} text={text} problems={problems} />;
  return { kind: 'page', view, status: problems.length === 0 ? 200 : 400 };
}

/** `/admin/devices/import/{list}/`: shows the numbers of new and known devices; a POST registers the new ones. */
export const confirmImport: FormPage<Viewer> = {
  get: preview,
  post: async (request) => {
    const finished = await finishImport(contextForUseCase(request), request.segments.list ?? '');
    if (finished === 'unknown') throw noSuchList();
    const { added, known } = finished;
    return { kind: 'redirect', location: `/admin/devices/?added=${added}&known=${known}` };
  },
};

function noSuchList(): Problem {
  return new Problem(404, 'not_found', 'This list was registered or dropped already');
}

async function preview({ services, segments, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const staged = await services.store.devices.findImport(segments.list ?? '');
  if (staged === undefined) throw noSuchList();
  const { admin } = context.messages;
  const texts = admin.device;
  const { fresh, known, knownSerialNumbers } = staged;
  const more = known > knownSerialNumbers.length ? ', …' : '';
  const view = (
    <ConfirmationView
      context={context}
      section={consoleSection(context)}
      name={texts.importTitle}
      title={texts.preview}
      effects={[
        texts.fresh(fresh),
        texts.known(known),
        ...(known === 0 ? [] : [texts.knownOnes(`${knownSerialNumbers.join(', ')}${more}`)]),
      ]}
      submit={texts.register}
      back={{ href: '/admin/devices/import/', text: admin.back }}
    />
  );
  return { kind: 'page', view };
}
