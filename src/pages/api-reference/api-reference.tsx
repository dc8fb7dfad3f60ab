import type { PageRequest, PageResponse } from '../page.ts';
import { ApiReferenceView } from './api-reference-view.tsx';
import type { OpenapiDocument } from './document.ts';
import { referenceMarkdown } from './markdown.ts';
import { type Reference, referenceFrom } from './reference.ts';

/** The parsed reference by its document, which does not change while the server runs. */
const references = new WeakMap<object, Reference>();

/** `/docs/api/`: the API reference, derived from the document that `/api/v1/openapi.json` serves. */
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

/** `/docs/api.md`: the same as Markdown. */
export async function showApiReferenceMarkdown({ services }: PageRequest): Promise<PageResponse> {
  const { publicUrl, apiRequestsPerMinute: requestsPerMinute } = services.config;
  const body = referenceMarkdown(referenceOf(services.apiDocument()), { publicUrl, requestsPerMinute });
  return { kind: 'document', contentType: 'text/markdown; charset=utf-8', body };
}

function referenceOf(document: object): Reference {
  const cached = references.get(document);
  if (cached !== undefined) return cached;
  // The API generates the document, so it has this type; `reference.test.ts` checks that the reference is complete.
  const reference = referenceFrom(document as OpenapiDocument);
  references.set(document, reference);
  return reference;
}
