import type { PageContext } from '../page-context.ts';
import { CodeBlock } from '../ui/text/code-block.tsx';
import { Attempt } from './attempt.tsx';
import { Prose } from './prose.tsx';
import type { Operation, Success } from './reference.ts';
import { FieldTable, ParameterTable, ProblemTable } from './tables.tsx';

interface OperationProps {
  readonly context: PageContext;
  readonly operation: Operation;
}

/** One operation: its parameters, responses and errors on the left, examples on the right. */
export function OperationSection({ context, operation }: OperationProps) {
  const texts = context.messages.apiReference;
  const { id, summary, description, parameters, body, successes, problems } = operation;
  return (
    <section class="reference-part operation" id={id} aria-labelledby={`${id}-title`}>
      <div class="reference-text">
        <h3 id={`${id}-title`}>
          {summary}{' '}
          <a class="anchor" href={`#${id}`} aria-label={texts.linkTo(summary)}>
            #
          </a>
        </h3>
        <Endpoint operation={operation} />
        {description === '' ? null : (
          <p>
            <Prose text={description} />
          </p>
        )}
        {parameters.length === 0 ? null : (
          <>
            <h4>{texts.parameters}</h4>
            <ParameterTable texts={texts} caption={texts.captions.parameters(summary)} lines={parameters} />
          </>
        )}
        {body.length === 0 ? null : (
          <>
            <h4>{texts.body}</h4>
            <p class="aside">
              <Prose text={texts.bodyText} />
            </p>
            <ParameterTable texts={texts} caption={texts.captions.body(summary)} lines={body} />
          </>
        )}
        <h4>{texts.responses}</h4>
        {successes.map((success) => (
          <SuccessResponse key={statusesOf(success)} context={context} summary={summary} success={success} />
        ))}
        <details class="problems">
          <summary>
            {texts.problems}{' '}
            <span class="problems-statuses">{[...new Set(problems.map(({ status }) => status))].join(' · ')}</span>
          </summary>
          <ProblemTable texts={texts} caption={texts.captions.problems(summary)} lines={problems} />
        </details>
        <Attempt texts={texts} operation={operation} />
      </div>
      <div class="reference-example">
        <CodeBlock context={context} label={texts.request}>
          {operation.curl}
        </CodeBlock>
        {successes
          .filter(({ example }) => example !== '')
          .map((success) => (
            <CodeBlock key={statusesOf(success)} context={context} label={texts.response(statusesOf(success))}>
              {success.example}
            </CodeBlock>
          ))}
      </div>
    </section>
  );
}

/** Method and path. */
function Endpoint({ operation: { method, path } }: { readonly operation: Operation }) {
  return (
    <p class="endpoint">
      <Method method={method} /> <code>{path}</code>
    </p>
  );
}

export function Method({ method }: { readonly method: string }) {
  return <span class={`method method-${method.toLowerCase()}`}>{method}</span>;
}

function SuccessResponse({
  context,
  summary,
  success,
}: {
  readonly context: PageContext;
  readonly summary: string;
  readonly success: Success;
}) {
  const texts = context.messages.apiReference;
  return (
    <>
      <ul class="plain answer-statuses">
        {success.statuses.map(({ status, meaning }) => (
          <li key={status}>
            <span class="status status-good">{status}</span> <Prose text={meaning} />
          </li>
        ))}
      </ul>
      {success.fields.length === 0 ? null : (
        <FieldTable texts={texts} caption={texts.captions.response(summary)} lines={success.fields} />
      )}
    </>
  );
}

function statusesOf({ statuses }: Success): string {
  return statuses.map(({ status }) => status).join(', ');
}
