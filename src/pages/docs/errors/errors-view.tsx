import type { NamedRefusal } from '../../developer/applications/refused-requests.tsx';
import { RefusalDetail } from '../../shared/refused-request-detail.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { Shell } from '../../ui/shell.ts';
import { Table } from '../../ui/table.tsx';
import { CodeBlock } from '../../ui/text/code-block.tsx';
import type { NavigationSection } from '../documentation.ts';
import { DocsLayout } from '../layout.tsx';
import { type DocumentedCode, documentedCodes, placeOf } from './error-codes.ts';
import { errorExamples } from './error-examples.ts';

interface ErrorsViewProps {
  readonly shell: Shell;
  readonly sections: readonly NavigationSection[];
}

/** All codes with their meaning. */
export function ErrorsView({ shell, sections }: ErrorsViewProps) {
  const { errors, markdown } = shell.messages.docs;
  const headings = [
    { id: 'oauth', text: errors.oauth, level: 2 },
    { id: 'api', text: errors.api, level: 2 },
  ];
  return (
    <DocsLayout shell={shell} title={errors.title} sections={sections} headings={headings}>
      <PageHeader title={errors.title}>{errors.description}</PageHeader>
      <h2 id="oauth">{errors.oauth}</h2>
      <p>{errors.oauthLead}</p>
      <Codes shell={shell} codes={documentedCodes.filter(({ oauth }) => oauth)} />
      <h2 id="api">{errors.api}</h2>
      <p>{errors.apiLead}</p>
      <Codes shell={shell} codes={documentedCodes.filter(({ api }) => api)} />
      <p class="aside">
        <a href="/docs/errors.md">{markdown}</a>
      </p>
    </DocsLayout>
  );
}

function Codes({ shell, codes }: { readonly shell: Shell; readonly codes: readonly DocumentedCode[] }) {
  const { errors } = shell.messages.docs;
  return (
    <dl class="codes">
      {codes.map((known) => (
        <div key={known.code}>
          <dt>
            <a href={`/docs/errors/${known.code}/`}>
              <code>{known.code}</code>
            </a>{' '}
            <span class="codes-status">{placeOf(known, errors)}</span>
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
  /** The request that led here. */
  readonly named: NamedRefusal;
}

/** One code: what it looks like, where its cause is seen, and what mends each. */
export function ErrorCodeView({ shell, sections, known, issuer, named }: ErrorCodeViewProps) {
  const { errors } = shell.messages.docs;
  const { code, explanation, oauthError } = known;
  const rows = explanation.causes.map(({ cause, mend }) => ({ key: cause, cells: [cause, mend] }));
  return (
    <DocsLayout shell={shell} title={code} sections={sections}>
      <p class="eyebrow">{placeOf(known, errors)}</p>
      <PageHeader title={<code>{code}</code>}>{explanation.meaning}</PageHeader>
      <NamedRequest shell={shell} named={named} />
      {oauthError === null || oauthError === code ? null : <p>{errors.sentAs(oauthError)}</p>}
      <h2>{errors.look}</h2>
      {errorExamples(known, issuer).map(({ place, text }) => (
        <CodeBlock key={text} shell={shell} label={place === 'callback' ? errors.inCallback : errors.inBody}>
          {text}
        </CodeBlock>
      ))}
      <h2>{errors.see}</h2>
      <p>{explanation.see}</p>
      <h2>{errors.mends}</h2>
      <Table caption={code} columns={[errors.cause, errors.mend]} rows={rows} />
      <p>
        <a href="/docs/errors/">{errors.all}</a>
      </p>
    </DocsLayout>
  );
}

/** Why the request failed that `error_uri` names, or why that is not shown. */
function NamedRequest({ shell, named }: { readonly shell: Shell; readonly named: NamedRefusal }) {
  const { explanation, logIn, logInLink, notKept } = shell.messages.developer.errors;
  switch (named.kind) {
    case 'none':
      return null;
    case 'anonymous':
      return (
        <Notice tone="info" title={logIn}>
          <a href={`/login/?next=${encodeURIComponent(shell.here)}`}>{logInLink}</a>
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
          <RefusalDetail shell={shell} refusal={named.refusal} />
        </section>
      );
  }
}
