interface FieldNotesProps {
  /** The name of the field, which is also its id. */
  readonly name: string;
  readonly hint?: string | undefined;
  readonly errors: readonly string[];
}

/** What is wrong with a field and what to know about it, below it. */
export function FieldNotes({ name, hint, errors }: FieldNotesProps) {
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

/** How a field tells who can't see them of its notes, and that it is wrong. */
export function noted({ name, hint, errors }: FieldNotesProps) {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(errors.length > 0 ? [`${name}-error`] : [])];
  return {
    'aria-describedby': ids.length === 0 ? undefined : ids.join(' '),
    'aria-invalid': errors.length > 0 ? true : undefined,
  };
}
