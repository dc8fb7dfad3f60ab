import type { RefusedRequest } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { oneLine, Table } from '../ui/table.tsx';

/** Refused requests, each with the way to its explanation. */
export function RefusedRequestTable({
  context,
  clientId,
  refusals,
}: {
  readonly context: PageContext;
  readonly clientId: string;
  readonly refusals: readonly RefusedRequest[];
}) {
  const { developer, minute } = context.messages;
  const { errors } = developer;
  const rows = refusals.map(({ requestId, at, endpoint, error, cause, status }) => ({
    key: requestId,
    cells: [
      minute(at),
      errors.endpoints[endpoint],
      <code key="error">{`${status} ${error}`}</code>,
      causeTextOf(context, cause)?.cause ?? cause,
      <a key="details" href={`/developer/applications/${clientId}/errors/${requestId}/`}>
        {errors.details}
      </a>,
    ],
  }));
  const columns = [oneLine(errors.time), errors.where, errors.error, errors.cause, oneLine(errors.details)];
  return <Table caption={errors.title} columns={columns} rows={rows} />;
}

/** The cause in words, and how to fix it; `undefined`: there is no text for it. */
export function causeTextOf(
  context: PageContext,
  cause: string,
): { readonly cause: string; readonly fix: string } | undefined {
  const { causes } = context.messages;
  return Object.hasOwn(causes, cause) ? causes[cause] : undefined;
}
