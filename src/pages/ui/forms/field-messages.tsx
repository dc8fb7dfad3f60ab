interface FieldMessagesProps {
  /** The name of the field, which is also its ID. */
  readonly name: string;
  readonly hint?: string | undefined;
  readonly errors: readonly string[];
}

/** The errors and the hint of a field, shown below it. */
export function FieldMessages({ name, hint, errors }: FieldMessagesProps) {
  return (
    <>
      {errors.length > 0 ? (
        <p class="field-error" id={`${name}-error`}>
          {errors.join(' ')}
        </p>
      ) : null}
      {hint ? (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
    </>
  );
}

/** The ARIA attributes of a field: they link it to its messages, and mark it as invalid if it has errors. */
export function fieldAria({ name, hint, errors }: FieldMessagesProps) {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(errors.length > 0 ? [`${name}-error`] : [])];
  return {
    'aria-describedby': ids.length === 0 ? undefined : ids.join(' '),
    'aria-invalid': errors.length > 0 ? true : undefined,
  };
}
