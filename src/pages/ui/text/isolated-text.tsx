/** What would turn, hide or overlap the text around a name. */
const disturbing = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu;

const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]/g;

/** What somebody typed, to be typed on: without what nobody sees and what turns the text around it. */
export function typed(text: string | undefined): string | undefined {
  return text?.replace(turning, '');
}

/** A name where there can be no markup: in a title, an option, a label. */
export function plainName(text: string): string {
  return text.replace(disturbing, '');
}

/** Spaces, or at most 30 other characters: longer than nearly every word in a name. */
const pieces = /\s+|\S{1,30}/gu;

/**
 * A name that somebody else chose: it can't reorder the sentence it stands in. A longer word than names have may wrap
 * (`<wbr>`), so that it can't push what stands beside it, such as a button, out of view.
 */
export function IsolatedName({ children }: { readonly children: string }) {
  const parts = plainName(children).match(pieces) ?? [];
  const goesOn = (index: number) => [parts[index - 1], parts[index]].every((part) => part?.trim());
  return (
    <bdi class="name">{parts.map((part, index) => [goesOn(index) ? <wbr key={`${index} ${part}`} /> : '', part])}</bdi>
  );
}

/** A sentence whose second and fourth parts are names. */
export function NamedSentence({ parts }: { readonly parts: readonly string[] }) {
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 0 ? part : <IsolatedName key={`${index} ${part}`}>{part}</IsolatedName>,
      )}
    </>
  );
}
