import type { RefusedRequest } from '../../ports/store/index.ts';
import { RefusalDetail } from '../developer/refusal-detail.tsx';
import type { OauthErrorCode } from '../messages/oauth-errors.ts';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { Table } from '../ui/table.tsx';

/** All codes with their meaning. */
export function OauthErrorsView({ shell }: { readonly shell: Shell }) {
  const { oauthErrors } = shell.messages;
  return (
    <Layout shell={shell} title={oauthErrors.title}>
      <PageHeader title={oauthErrors.title}>{oauthErrors.lead}</PageHeader>
      <dl class="codes">
        {Object.entries(oauthErrors.codes).map(([code, { meaning }]) => (
          <div key={code}>
            <dt>
              <a href={`/docs/errors/${code}/`}>
                <code>{code}</code>
              </a>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Layout>
  );
}

/** One code: its meaning, its causes, and what mends each. */
export function OauthErrorView({
  shell,
  code,
  refusal,
}: {
  readonly shell: Shell;
  readonly code: OauthErrorCode;
  /** The request that led here, for the people of its application. */
  readonly refusal?: RefusedRequest | undefined;
}) {
  const { oauthErrors } = shell.messages;
  const { meaning, causes } = oauthErrors.codes[code];
  const rows = causes.map(({ cause, mend }) => ({ key: cause, cells: [cause, mend] }));
  return (
    <Layout shell={shell} title={code}>
      <PageHeader title={<code>{code}</code>}>{meaning}</PageHeader>
      {refusal === undefined ? null : (
        <section class="full">
          <h2>{shell.messages.developer.errors.explanation}</h2>
          <RefusalDetail shell={shell} refusal={refusal} />
        </section>
      )}
      <Table caption={code} columns={[oauthErrors.cause, oauthErrors.mend]} rows={rows} />
      <p>
        <a href="/docs/errors/">{oauthErrors.all}</a>
      </p>
    </Layout>
  );
}
