import { diff } from '../../applications/diff.ts';
import type { RefusedRequest } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { DescriptionList } from '../ui/description-list.tsx';
import { Diff } from '../ui/text/diff.tsx';
import { CodeList, InlineCode } from '../ui/text/lines.tsx';
import { causeTextOf } from './refused-request-table.tsx';

/** Why a request was refused. Only members of its application and administrators may see this. */
export function RefusedRequestDetail({
  context,
  refusal,
}: {
  readonly context: PageContext;
  readonly refusal: RefusedRequest;
}) {
  const { developer, minute } = context.messages;
  const { errors } = developer;
  const { requestId, at, endpoint, status, error, cause, expected, received } = refusal;
  const text = causeTextOf(context, cause);
  const items = [
    { term: errors.time, value: minute(at) },
    { term: errors.where, value: errors.endpoints[endpoint] },
    { term: errors.error, value: <code>{`${status} ${error}`}</code> },
    { term: errors.cause, value: text?.cause ?? cause },
    ...(text === undefined ? [] : [{ term: errors.fix, value: text.fix }]),
    ...(cause === 'redirect_uri_mismatch' ? [] : plainValues(context, refusal)),
    { term: errors.request, value: <InlineCode>{requestId}</InlineCode> },
  ];
  const closest = received === null ? [] : nearestFirst(expected, received);
  return (
    <>
      <DescriptionList items={items} />
      {cause === 'redirect_uri_mismatch' && received !== null
        ? closest.map((uri) => (
            <Diff key={uri} expected={errors.expected} received={errors.received} pieces={diff(uri, received)} />
          ))
        : null}
    </>
  );
}

function plainValues(context: PageContext, { expected, received }: RefusedRequest) {
  const { errors } = context.messages.developer;
  return [
    ...(expected.length === 0 ? [] : [{ term: errors.expected, value: <CodeList lines={expected} /> }]),
    ...(received === null ? [] : [{ term: errors.received, value: <InlineCode>{received}</InlineCode> }]),
  ];
}

/** At most three, the most similar ones first. */
function nearestFirst(uris: readonly string[], received: string): readonly string[] {
  const distance = (uri: string) =>
    diff(uri, received).reduce((sum, { kind, text }) => sum + (kind === 'same' ? 0 : text.length), 0);
  return [...uris].sort((one, other) => distance(one) - distance(other)).slice(0, 3);
}
