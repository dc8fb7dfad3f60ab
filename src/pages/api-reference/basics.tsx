import type { ComponentChildren } from 'preact';
import { Notice } from '../ui/notice.tsx';
import type { Shell } from '../ui/shell.ts';
import { CodeBlock } from '../ui/text/code-block.tsx';
import { Prose } from './prose.tsx';
import type { Reference } from './reference.ts';
import { ProblemTable } from './tables.tsx';

export interface BasicsProps {
  readonly shell: Shell;
  readonly reference: Reference;
  /** Where the API is, without a trailing slash. */
  readonly publicUrl: string;
  /** Of one application; 0: they are not counted. */
  readonly requestsPerMinute: number;
}

/** What holds for all operations, said once. */
export function Basics({ shell, reference, publicUrl, requestsPerMinute }: BasicsProps) {
  const { authentication, paging, errors, throttling } = shell.messages.apiReference;
  const counted = new Intl.NumberFormat(shell.messages.language).format(requestsPerMinute);
  return (
    <>
      <Part
        id="authentication"
        title={authentication.title}
        text={authentication.text}
        example={
          <CodeBlock shell={shell} label={authentication.example}>
            {`curl -H "Authorization: Bearer $ACCESS_TOKEN" \\\n  '${publicUrl}/api/v1/account/'`}
          </CodeBlock>
        }
      >
        <p>
          <a href="/docs/run-the-flow/">{authentication.flow}</a>
        </p>
      </Part>
      <Token shell={shell} />
      <Part
        id="paging"
        title={paging.title}
        text={paging.text}
        example={
          <CodeBlock shell={shell} label={paging.example}>
            {pageExample(reference)}
          </CodeBlock>
        }
      />
      <Part
        id="errors"
        title={errors.title}
        text={errors.text}
        example={
          <CodeBlock shell={shell} label={errors.example}>
            {problemExample(reference)}
          </CodeBlock>
        }
      >
        <ProblemTable texts={shell.messages.apiReference} caption={errors.table} lines={reference.problems} />
        <p>
          <a href="/docs/errors/">{errors.oauth}</a>
        </p>
      </Part>
      <Part
        id="throttling"
        title={throttling.title}
        text={[requestsPerMinute > 0 ? throttling.limited(counted) : throttling.unlimited, throttling.unavailable]}
        example={
          <CodeBlock shell={shell} label={throttling.example}>
            {'HTTP/1.1 429 Too Many Requests\nContent-Type: application/json\nRetry-After: 3'}
          </CodeBlock>
        }
      />
    </>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly example: ComponentChildren;
  readonly children?: ComponentChildren;
}

function Part({ id, title, text, example, children }: PartProps) {
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
 * The access token for all attempts on the page. It is in no form and has no name: nothing can send it but the script.
 */
function Token({ shell }: { readonly shell: Shell }) {
  const { token } = shell.messages.apiReference;
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

/** The answer of a list, turned into one from the middle. */
function pageExample({ groups }: Reference): string {
  const examples = groups.flatMap(({ operations }) => operations.flatMap(({ successes }) => successes));
  const lists = examples.map(({ example }): object => JSON.parse(example || '{}')).filter((list) => 'results' in list);
  return JSON.stringify({ ...lists[0], count: 320, page: 2, next: 3, previous: 1 }, null, 2);
}

function problemExample({ problems }: Reference): string {
  const [first] = problems;
  return JSON.stringify({ detail: first?.detail, code: first?.code }, null, 2);
}
