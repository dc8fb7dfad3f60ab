import type { PageRequest, PageResponse } from '../page.ts';
import { ApiReferenceView } from './api-reference-view.tsx';
import type { OpenapiDocument } from './document.ts';
import { referenceMarkdown } from './markdown.ts';
import { type Reference, referenceFrom } from './reference.ts';

/** The document does not change while the server runs, so neither does what is made of it. */
const references = new WeakMap<object, Reference>();

/** `/docs/api/`: made from the document that `/api/v1/openapi.json` serves. */
export async function showApiReference({ services, context }: PageRequest): Promise<PageResponse> {
  const { publicUrl, apiRequestsPerMinute: requestsPerMinute } = services.config;
  const reference = referenceOf(services.apiDocument());
  const view = (
    <ApiReferenceView
      context={context}
      reference={reference}
      publicUrl={publicUrl}
      requestsPerMinute={requestsPerMinute}
    />
  );
  return { kind: 'page', view };
}

/** `/docs/api.md`: the same for programs and for people who read plain text. */
export async function showApiReferenceMarkdown({ services }: PageRequest): Promise<PageResponse> {
  const { publicUrl, apiRequestsPerMinute: requestsPerMinute } = services.config;
  const body = referenceMarkdown(referenceOf(services.apiDocument()), { publicUrl, requestsPerMinute });
  return { kind: 'document', contentType: 'text/markdown; charset=utf-8', body };
}

function referenceOf(document: object): Reference {
  const known = references.get(document);
  if (known !== undefined) return known;
  // What it is, the API says; that it is complete, a test of the reference.
  const reference = referenceFrom(document as OpenapiDocument);
  references.set(document, reference);
  return reference;
}
