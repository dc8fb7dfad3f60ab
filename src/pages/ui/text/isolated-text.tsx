/** Control characters, line separators and bidirectional controls: they would affect the text around a name. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu;

/** Bidirectional controls and line separators. */
const bidiControls = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]/g;

/** The value of a form field without invisible characters that change the direction of the text. */
export function withoutBidiControls(text: string | undefined): string | undefined {
  return text?.replace(bidiControls, '');
}

/** A name without control characters, for places without markup: a title, an option, a label. */
export function withoutControls(text: string): string {
  return text.replace(controls, '');
}

/** Spaces, or up to 30 other characters. Nearly every word of a name is shorter. */
const parts = /\s+|\S{1,30}/gu;

/**
 * A name that another person chose. `<bdi>` isolates it: it can't reorder the sentence around it. A `<wbr>` after every
 * 30 characters of a word lets it wrap, so that it can't push a button beside it out of view.
 */
export function IsolatedName({ children }: { readonly children: string }) {
  const pieces = withoutControls(children).match(parts) ?? [];
  const isMiddleOfWord = (index: number) => [pieces[index - 1], pieces[index]].every((piece) => piece?.trim());
  return (
    <bdi class="name">
      {pieces.map((piece, index) => [isMiddleOfWord(index) ? <wbr key={`${index} ${piece}`} /> : '', piece])}
    </bdi>
  );
}

/** A sentence with names in it: `parts` alternates between text and names, and begins with text. */
export function NamedSentence({ parts }: { readonly parts: readonly string[] }) {
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 0 ? part : <IsolatedName key={`${index} ${part}`}>{part}</IsolatedName>,
      )}
    </>
  );
}
