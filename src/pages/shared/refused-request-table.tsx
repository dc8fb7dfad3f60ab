import type { RefusedRequest } from '../../ports/store/index.ts';
import type { Shell } from '../ui/shell.ts';
import { oneLine, Table } from '../ui/table.tsx';

/** Refused requests, each with the way to its explanation. */
export function RefusalTable({
  shell,
  clientId,
  refusals,
}: {
  readonly shell: Shell;
  readonly clientId: string;
  readonly refusals: readonly RefusedRequest[];
}) {
  const { developer, minute } = shell.messages;
  const { errors } = developer;
  const rows = refusals.map(({ requestId, at, endpoint, error, cause, status }) => ({
    key: requestId,
    cells: [
      minute(at),
      errors.endpoints[endpoint],
      <code key="error">{`${status} ${error}`}</code>,
      causeTextOf(shell, cause)?.cause ?? cause,
      <a key="details" href={`/developer/applications/${clientId}/errors/${requestId}/`}>
        {errors.details}
      </a>,
    ],
  }));
  const columns = [oneLine(errors.time), errors.where, errors.error, errors.cause, oneLine(errors.details)];
  return <Table caption={errors.title} columns={columns} rows={rows} />;
}

/** The cause in words, and what mends it; `undefined`: it has no words of its own. */
export function causeTextOf(
  shell: Shell,
  cause: string,
): { readonly cause: string; readonly mend: string } | undefined {
  const { causes } = shell.messages;
  return Object.hasOwn(causes, cause) ? causes[cause] : undefined;
}
