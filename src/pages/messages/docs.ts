/** The texts around the pages of the documentation, in English. The pages themselves are in `docs/site/`. */
export const docs = {
  navigation: 'Documentation',
  menu: 'All pages',
  sections: {
    start: 'Get started',
    oauth: 'OAuth 2.0',
    api: 'API',
    guides: 'Guides',
    reference: 'Reference',
  },
  runTheFlow:
    'Walk through authorize, token, API, refresh and revoke with your own application, and see each request and response.',
  apiReference: 'Every operation of the API with its parameters, responses and examples; try it with your own token.',
  onThisPage: 'On this page',
  previous: 'Previous',
  next: 'Next',
  around: 'The pages before and after',
  markdown: 'This page as Markdown',
  code: { copy: 'Copy', copied: 'Copied', download: 'Download' },

  filledIn: {
    with: (application: string) =>
      ['The examples are filled in with the client ID and the callback of ', application, '.'] as const,
    secret: 'The client secret stays a placeholder, or is read from the environment.',
    instead: 'Fill in instead:',
  },

  search: {
    title: 'Search',
    label: 'Search the documentation',
    placeholder: 'Search',
    submit: 'Search',
    lead: (query: string) => `For “${query}”`,
    empty: 'Enter a word, an error code or a parameter above.',
    found: (count: number) => (count === 1 ? 'One passage' : `${count} passages`),
    none: 'Nothing was found.',
    noneHint: 'Try fewer or other words. The navigation lists all pages.',
  },

  errors: {
    title: 'Errors',
    description: 'Every code that the server returns, what it means, how to see its cause, and how to fix it.',
    all: 'All errors',
    oauth: 'OAuth endpoints',
    oauthLead: 'The authorization, token, revocation and introspection endpoints send these as error.',
    api: 'API',
    apiLead:
      'The API sends these as code. The OAuth endpoints send those of HTTP itself as invalid_request, with the same status, and their error_uri opens the page of this table.',
    look: 'What it looks like',
    inBody: 'In the response',
    inCallback: 'At the callback',
    see: 'How to see the cause',
    fixes: 'Causes and fixes',
    cause: 'Cause',
    fix: 'How to fix it',
    status: (statuses: string) => `Status ${statuses}`,
    sentAs: (error: string) => `The OAuth endpoints send it as error ${error}, with this status.`,
  },
} as const;
