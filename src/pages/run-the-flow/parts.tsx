import type { ComponentChildren } from 'preact';
import { Prose } from '../api-reference/prose.tsx';
import type { Messages } from '../messages/index.ts';

type Grant = 'authorization_code' | 'password';

interface StepProps {
  /** The anchor; `assets/run-the-flow.js` finds the step by it. */
  readonly id: string;
  readonly title: string;
  readonly text: readonly string[];
  /** The only grant type that has this step; absent: both. */
  readonly only?: Grant;
  /** Fields and buttons. The script shows them. */
  readonly children: ComponentChildren;
  /** The request and the response of the step. */
  readonly wire?: ComponentChildren;
}

/** One step of the flow: its text, fields and buttons on the left, request and response on the right. */
export function Step({ id, title, text, only, children, wire }: StepProps) {
  return (
    <section class="reference-part step" id={id} aria-labelledby={`${id}-title`} data-step={id} data-only={only}>
      <div class="reference-text">
        <h2 id={`${id}-title`}>{title}</h2>
        {text.map((paragraph) => (
          <p key={paragraph}>
            <Prose text={paragraph} />
          </p>
        ))}
        <div class="form step-controls" data-needs-script hidden>
          {children}
        </div>
        <p class="step-status" role="status" data-status />
      </div>
      <div class="reference-example" data-needs-script hidden>
        {wire}
      </div>
    </section>
  );
}

interface FlowFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'password';
  readonly only?: Grant;
  /** The initial value. */
  readonly value?: string | null;
}

/** A field without a name: only the script can send it, and browsers do not offer to save it. */
export function FlowField({ id, label, hint, type = 'text', only, value }: FlowFieldProps) {
  return (
    <div class="field" data-only={only}>
      <label for={id}>{label}</label>
      <input
        id={id}
        value={value ?? undefined}
        // Both types have the same attributes; Preact declares them as a union with one member for each type.
        type={type as 'text'}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint === undefined ? null : (
        <p class="field-hint" id={`${id}-hint`}>
          <Prose text={hint} />
        </p>
      )}
    </div>
  );
}

/** A drop-down list for the script. */
export function FlowSelect({
  id,
  label,
  options,
}: {
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} autocomplete="off">
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A button that runs an action of the script. */
export function FlowButton({
  action,
  primary = false,
  children,
}: {
  readonly action: string;
  readonly primary?: boolean;
  readonly children: string;
}) {
  return (
    <button type="button" class={primary ? 'button button-primary' : 'button'} data-action={action}>
      {children}
    </button>
  );
}

/** A request and its response, which the script fills in. */
export function Exchange({ texts }: { readonly texts: Messages['runTheFlow'] }) {
  return (
    <>
      <p class="empty" data-empty>
        {texts.waiting}
      </p>
      <Wire name="request" label={texts.request} />
      <Wire name="response" label={texts.response} />
    </>
  );
}

/** A block of what is sent or received. The script shows it with its content. */
export function Wire({
  name,
  label,
  copy,
}: {
  readonly name: string;
  readonly label: string;
  /** The texts of the copy button; absent: no button, because parts of the content are masked. */
  readonly copy?: Messages['form'];
}) {
  return (
    <figure class="code" data-wire={name} hidden>
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code />
      </pre>
      {copy === undefined ? null : (
        <button type="button" class="button button-small" data-copy data-copied={copy.copied} hidden>
          {copy.copy}
        </button>
      )}
    </figure>
  );
}
