import type { Shell } from '../ui/shell.ts';
import { CodeBlock } from '../ui/text/code-block.tsx';
import { Attempt } from './attempt.tsx';
import { Prose } from './prose.tsx';
import type { Operation, Success } from './reference.ts';
import { FieldTable, ParameterTable, ProblemTable } from './tables.tsx';

interface OperationProps {
  readonly shell: Shell;
  readonly operation: Operation;
}

/** One operation: what it takes and answers on the left, how that looks on the right. */
export function OperationSection({ shell, operation }: OperationProps) {
  const texts = shell.messages.apiReference;
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
        <h4>{texts.answers}</h4>
        {successes.map((success) => (
          <Answer key={statusesOf(success)} shell={shell} summary={summary} success={success} />
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
        <CodeBlock shell={shell} label={texts.request}>
          {operation.curl}
        </CodeBlock>
        {successes
          .filter(({ example }) => example !== '')
          .map((success) => (
            <CodeBlock key={statusesOf(success)} shell={shell} label={texts.answer(statusesOf(success))}>
              {success.example}
            </CodeBlock>
          ))}
      </div>
    </section>
  );
}

/** The method and the path, with its places set off. */
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

function Answer({
  shell,
  summary,
  success,
}: {
  readonly shell: Shell;
  readonly summary: string;
  readonly success: Success;
}) {
  const texts = shell.messages.apiReference;
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
        <FieldTable texts={texts} caption={texts.captions.answer(summary)} lines={success.fields} />
      )}
    </>
  );
}

function statusesOf({ statuses }: Success): string {
  return statuses.map(({ status }) => status).join(', ');
}
