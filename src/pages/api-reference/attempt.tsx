import type { Messages } from '../messages/index.ts';
import type { OperationParameter } from './fields.ts';
import { Prose } from './prose.tsx';
import type { Operation } from './reference.ts';

interface AttemptProps {
  readonly texts: Messages['apiReference'];
  readonly operation: Operation;
}

/**
 * The inputs from which `assets/api-reference.js` sends a request. They are not in a form, so that the browser itself
 * never sends them, and no token gets into a URL.
 */
export function Attempt({ texts, operation }: AttemptProps) {
  const { id, method, path, parameters, body } = operation;
  const fields = [...parameters, ...body];
  const { attempt } = texts;
  return (
    <details class="attempt" data-attempt={id} data-method={method} data-path={path} hidden>
      <summary>{attempt.title}</summary>
      <fieldset>
        <legend class="hidden">{attempt.legend(operation.summary)}</legend>
        {fields.map((field) => (
          <AttemptField key={`${field.where} ${field.name}`} texts={texts} operation={id} field={field} />
        ))}
        {method === 'GET' ? null : <p class="attempt-changes">{attempt.changes}</p>}
        <div class="actions">
          <button type="button" class="button" data-send>
            {attempt.send}
          </button>
        </div>
      </fieldset>
      <p class="attempt-problem" role="alert" data-problem />
      <div class="attempt-result" data-result hidden>
        <p class="attempt-status" role="status" data-status />
        <figure class="code">
          <figcaption>{attempt.result}</figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>
            <code data-response />
          </pre>
        </figure>
      </div>
    </details>
  );
}

function AttemptField({
  texts,
  operation,
  field,
}: {
  readonly texts: Messages['apiReference'];
  readonly operation: string;
  readonly field: OperationParameter;
}) {
  const { name, where, kind, required, choices, meaning, example } = field;
  const id = `${operation}-${where}-${name.replaceAll(/\W/g, '-')}`;
  const attributes = {
    id,
    'aria-describedby': `${id}-hint`,
    'data-name': name,
    'data-where': where,
    'data-kind': kind,
    ...(required ? { 'data-required': '' } : {}),
  };
  return (
    <div class="field">
      <label for={id}>
        <code>{name}</code> {required ? texts.required : texts.where[where]}
      </label>
      {choices.length > 0 ? (
        <select {...attributes}>
          {required ? null : <option value="">{texts.attempt.notSent}</option>}
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...attributes}
          type="text"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          inputmode={kind === 'number' ? 'numeric' : 'text'}
          placeholder={required ? example : texts.attempt.notSent}
        />
      )}
      <p class="field-hint" id={`${id}-hint`}>
        <Prose text={meaning} />
      </p>
    </div>
  );
}
