import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.ts';
import { Notice } from '../ui/notice.tsx';
import { CodeBlock } from '../ui/text/code-block.tsx';
import { Prose } from './prose.tsx';
import type { Reference } from './reference.ts';
import { ProblemTable } from './tables.tsx';

export interface BasicsProps {
  readonly context: PageContext;
  readonly reference: Reference;
  /** The public URL of the server, without a trailing slash. */
  readonly publicUrl: string;
  /** The limit for one application; 0: unlimited. */
  readonly requestsPerMinute: number;
}

/** The sections about all operations: authentication, the token to try them with, paging, errors and throttling. */
export function Basics({ context, reference, publicUrl, requestsPerMinute }: BasicsProps) {
  const { authentication, paging, errors, throttling } = context.messages.apiReference;
  const limit = new Intl.NumberFormat(context.messages.language).format(requestsPerMinute);
  return (
    <>
      <BasicsSection
        id="authentication"
        title={authentication.title}
        text={authentication.text}
        example={
          <CodeBlock context={context} label={authentication.example}>
            {`curl -H "Authorization: Bearer $ACCESS_TOKEN" \\\n  '${publicUrl}/api/v1/account/'`}
          </CodeBlock>
        }
      >
        <p>
          <a href="/docs/run-the-flow/">{authentication.flow}</a>
        </p>
      </BasicsSection>
      <TokenSection context={context} />
      <BasicsSection
        id="paging"
        title={paging.title}
        text={paging.text}
        example={
          <CodeBlock context={context} label={paging.example}>
            {pageExample(reference)}
          </CodeBlock>
        }
      />
      <BasicsSection
        id="errors"
        title={errors.title}
        text={errors.text}
        example={
          <CodeBlock context={context} label={errors.example}>
            {problemExample(reference)}
          </CodeBlock>
        }
      >
        <ProblemTable texts={context.messages.apiReference} caption={errors.table} lines={reference.problems} />
        <p>
          <a href="/docs/errors/">{errors.oauth}</a>
        </p>
      </BasicsSection>
      <BasicsSection
        id="throttling"
        title={throttling.title}
        text={[requestsPerMinute > 0 ? throttling.limited(limit) : throttling.unlimited, throttling.unavailable]}
        example={
          <CodeBlock context={context} label={throttling.example}>
            {'HTTP/1.1 429 Too Many Requests\nContent-Type: application/json\nRetry-After: 3'}
          </CodeBlock>
        }
      />
    </>
  );
}

interface BasicsSectionProps {
  readonly id: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly example: ComponentChildren;
  readonly children?: ComponentChildren;
}

function BasicsSection({ id, title, text, example, children }: BasicsSectionProps) {
  return (
    <section class="reference-part" id={id} aria-labelledby={`${id}-title`}>
      <div class="reference-text">
        <h2 id={`${id}-title`}>{title}</h2>
        {text.map((paragraph) => (
          <p key={paragraph}>
            <Prose text={paragraph} />
          </p>
        ))}
        {children}
      </div>
      <div class="reference-example">{example}</div>
    </section>
  );
}

/**
 * The field for the access token of all attempts on the page. It is in no form and has no name, so that only the script
 * can send it.
 */
function TokenSection({ context }: { readonly context: PageContext }) {
  const { token } = context.messages.apiReference;
  return (
    <section class="reference-part" id="try-it" aria-labelledby="try-it-title">
      <div class="reference-text">
        <h2 id="try-it-title">{token.title}</h2>
        <p>{token.text}</p>
        <noscript>
          <Notice tone="info">{token.noScript}</Notice>
        </noscript>
        <div class="field" data-token hidden>
          <label for="access-token">{token.label}</label>
          <input
            id="access-token"
            type="password"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-describedby="access-token-hint"
          />
          <p class="field-hint" id="access-token-hint">
            {token.hint}
          </p>
        </div>
      </div>
    </section>
  );
}

/** The example response of the first list, changed to that of a page in the middle. */
function pageExample({ groups }: Reference): string {
  const examples = groups.flatMap(({ operations }) => operations.flatMap(({ successes }) => successes));
  const lists = examples.map(({ example }): object => JSON.parse(example || '{}')).filter((list) => 'results' in list);
  return JSON.stringify({ ...lists[0], count: 320, page: 2, next: 3, previous: 1 }, null, 2);
}

function problemExample({ problems }: Reference): string {
  const [first] = problems;
  return JSON.stringify({ detail: first?.detail, code: first?.code }, null, 2);
}
