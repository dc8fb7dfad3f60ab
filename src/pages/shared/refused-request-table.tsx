import type { RefusedRequest } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { noWrapColumn, Table } from '../ui/table.tsx';

/** Refused requests with their causes. */
export function RefusedRequestTable({
  context,
  refusedRequests,
  detailPath,
}: {
  readonly context: PageContext;
  readonly refusedRequests: readonly RefusedRequest[];
  /** The path of the page that explains a request; absent: there is no such page, and no column that links to it. */
  readonly detailPath?: (requestId: string) => string;
}) {
  const { developer, minute } = context.messages;
  const { errors } = developer;
  const rows = refusedRequests.map(({ requestId, at, endpoint, error, cause, status }) => ({
    key: requestId,
    cells: [
      minute(at),
      errors.endpoints[endpoint],
      <code key="error">{`${status} ${error}`}</code>,
      causeTextOf(context, cause)?.cause ?? cause,
      ...(detailPath === undefined
        ? []
        : [
            <a key="details" href={detailPath(requestId)}>
              {errors.details}
            </a>,
          ]),
    ],
  }));
  const columns = [noWrapColumn(errors.time), errors.where, errors.error, errors.cause];
  const details = detailPath === undefined ? [] : [noWrapColumn(errors.details)];
  return <Table caption={errors.title} columns={[...columns, ...details]} rows={rows} />;
}

/** The texts for a cause, and how to fix it; `undefined`: there are none, such as for a cause of another release. */
export function causeTextOf(
  context: PageContext,
  cause: string,
): { readonly cause: string; readonly fix: string } | undefined {
  const { causes } = context.messages;
  return Object.hasOwn(causes, cause) ? causes[cause] : undefined;
}
