import type { ComponentChildren } from 'preact';
import { type AnswerProblem, maxNameLength, maxTextLength } from '../../../applications/registration/answers.ts';
import { countries } from '../../../applications/registration/countries.ts';
import type { AnswerField, RegistrationAnswers } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { RadioGroup } from '../../ui/forms/choice.tsx';
import { Field } from '../../ui/forms/field.tsx';
import { type Option, Select } from '../../ui/forms/select.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';

/** The fields of the registration form. */
export function RegistrationFields({
  context,
  answers,
  problems,
}: {
  readonly context: PageContext;
  readonly answers: RegistrationAnswers;
  readonly problems: readonly AnswerProblem[];
}) {
  const { register, grants } = context.messages.developer;
  const { fields, parts, grantHints, kinds } = register;
  const propsOf = (field: AnswerField) => ({
    name: field,
    ...fields[field],
    value: answers[field],
    errors: problems.filter((problem) => problem.field === field).map((problem) => problemText(context, problem)),
  });
  const line = (field: AnswerField) => <Field {...propsOf(field)} maxLength={300} />;
  const text = (field: AnswerField) => <TextArea {...propsOf(field)} maxLength={maxTextLength} />;
  return (
    <>
      <Part title={parts.product}>
        <Field {...propsOf('productName')} maxLength={maxNameLength} />
        {line('website')}
        {text('purpose')}
      </Part>
      <Part title={parts.organisation}>
        {line('organisation')}
        <Select {...propsOf('country')} options={countryOptions(register.chooseCountry)} />
      </Part>
      <Part title={parts.data}>
        {text('dataViewers')}
        <Field {...propsOf('expectedUsers')} inputmode="numeric" maxLength={8} />
        {text('storage')}
        {text('deletion')}
        {line('privacyPolicy')}
      </Part>
      <Part title={parts.contacts}>
        <div class="pair">
          {line('technicalName')}
          {line('technicalEmail')}
          {line('legalName')}
          {line('legalEmail')}
        </div>
      </Part>
      <Part title={parts.technical}>
        <RadioGroup
          {...propsOf('grantType')}
          options={(['authorization_code', 'password'] as const).map((grant) => ({
            value: grant,
            text: grants[grant],
            hint: grantHints[grant],
          }))}
        />
        {text('passwordReason')}
        <RadioGroup
          {...propsOf('kind')}
          options={(['server', 'device'] as const).map((kind) => ({ value: kind, ...kinds[kind] }))}
        />
        <TextArea {...propsOf('callbacks')} rows={3} literal check="/developer/check-callbacks/" />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <fieldset class="part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

let sortedCountries: readonly Option[] | undefined;

/** The countries, sorted by name. Created on first use, because names and collation take time and memory to load. */
function countryOptions(emptyText: string): readonly Option[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  sortedCountries ??= countries
    .map((code) => ({ value: code, text: names.of(code) ?? code }))
    .sort((one, other) => one.text.localeCompare(other.text, 'en'));
  return [{ value: '', text: emptyText }, ...sortedCountries];
}

/** The text for a problem with an answer. */
export function problemText(context: PageContext, { field, code, message }: AnswerProblem): string {
  const { fields, problem } = context.messages.developer.register;
  return code === 'callback' ? `${fields[field].label}: ${message ?? ''}.` : problem(fields[field].label, code);
}
