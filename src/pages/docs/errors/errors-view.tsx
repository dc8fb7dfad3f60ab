import type { NamedRequest } from '../../developer/applications/refused-requests.tsx';
import { linkTo } from '../../login/return-to.ts';
import type { PageContext } from '../../page-context.ts';
import { RefusedRequestDetail } from '../../shared/refused-request-detail.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table } from '../../ui/table.tsx';
import { CodeBlock } from '../../ui/text/code-block.tsx';
import type { NavigationSection } from '../documentation.ts';
import { DocsLayout } from '../layout.tsx';
import { type DocumentedCode, documentedCodes, statusText } from './error-codes.ts';
import { errorExamples } from './error-examples.ts';

interface ErrorsViewProps {
  readonly context: PageContext;
  readonly sections: readonly NavigationSection[];
}

/** `/docs/errors/`: all codes with their meaning. */
export function ErrorsView({ context, sections }: ErrorsViewProps) {
  const { errors, markdown } = context.messages.docs;
  const headings = [
    { id: 'oauth', text: errors.oauth, level: 2 },
    { id: 'api', text: errors.api, level: 2 },
  ];
  return (
    <DocsLayout context={context} title={errors.title} sections={sections} headings={headings}>
      <PageHeader title={errors.title}>{errors.description}</PageHeader>
      <h2 id="oauth">{errors.oauth}</h2>
      <p>{errors.oauthLead}</p>
      <Codes context={context} codes={documentedCodes.filter(({ oauth }) => oauth)} />
      <h2 id="api">{errors.api}</h2>
      <p>{errors.apiLead}</p>
      <Codes context={context} codes={documentedCodes.filter(({ api }) => api)} />
      <p class="aside">
        <a href="/docs/errors.md">{markdown}</a>
      </p>
    </DocsLayout>
  );
}

function Codes({ context, codes }: { readonly context: PageContext; readonly codes: readonly DocumentedCode[] }) {
  const { errors } = context.messages.docs;
  return (
    <dl class="codes">
      {codes.map((known) => (
        <div key={known.code}>
          <dt>
            <a href={`/docs/errors/${known.code}/`}>
              <code>{known.code}</code>
            </a>{' '}
            <span class="codes-status">{statusText(known, errors)}</span>
          </dt>
          <dd>{known.explanation.meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ErrorCodeViewProps extends ErrorsViewProps {
  readonly known: DocumentedCode;
  readonly issuer: string;
  /** The refused request that the address of the page names: `error_uri` has its ID in the query. */
  readonly named: NamedRequest;
}

/** `/docs/errors/{code}/`: examples of a code, how to find its cause, and how to fix each cause. */
export function ErrorCodeView({ context, sections, known, issuer, named }: ErrorCodeViewProps) {
  const { errors } = context.messages.docs;
  const { code, explanation, oauthError } = known;
  const rows = explanation.causes.map(({ cause, fix }) => ({ key: cause, cells: [cause, fix] }));
  return (
    <DocsLayout context={context} title={code} sections={sections}>
      <p class="eyebrow">{statusText(known, errors)}</p>
      <PageHeader title={<code>{code}</code>}>{explanation.meaning}</PageHeader>
      <NamedRequestNotice context={context} named={named} />
      {oauthError === null || oauthError === code ? null : <p>{errors.sentAs(oauthError)}</p>}
      <h2>{errors.look}</h2>
      {errorExamples(known, issuer).map(({ place, text }) => (
        <CodeBlock key={text} context={context} label={place === 'callback' ? errors.inCallback : errors.inBody}>
          {text}
        </CodeBlock>
      ))}
      <h2>{errors.see}</h2>
      <p>{explanation.see}</p>
      <h2>{errors.fixes}</h2>
      <Table caption={code} columns={[errors.cause, errors.fix]} rows={rows} />
      <p>
        <a href="/docs/errors/">{errors.all}</a>
      </p>
    </DocsLayout>
  );
}

/** Why the named request failed, or why that is not shown. */
function NamedRequestNotice({ context, named }: { readonly context: PageContext; readonly named: NamedRequest }) {
  const { explanation, logIn, logInLink, notKept } = context.messages.developer.errors;
  switch (named.kind) {
    case 'none':
      return null;
    case 'anonymous':
      return (
        <Notice tone="info" title={logIn}>
          <a href={linkTo('/login/', { kind: 'page', path: context.returnPath })}>{logInLink}</a>
        </Notice>
      );
    case 'not-kept':
      return (
        <Notice tone="info" title={notKept.title}>
          {notKept.text}
        </Notice>
      );
    case 'kept':
      return (
        <section class="full">
          <h2>{explanation}</h2>
          <RefusedRequestDetail context={context} refusal={named.refusal} />
        </section>
      );
  }
}
