import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import csharp from 'highlight.js/lib/languages/csharp';
import go from 'highlight.js/lib/languages/go';
import http from 'highlight.js/lib/languages/http';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';

/** The languages of code blocks: the grammar for the highlighter, and the label for readers. */
const languages = {
  bash: { grammar: bash, label: 'Shell' },
  csharp: { grammar: csharp, label: 'C#' },
  go: { grammar: go, label: 'Go' },
  http: { grammar: http, label: 'HTTP' },
  java: { grammar: java, label: 'Java' },
  json: { grammar: json, label: 'JSON' },
  php: { grammar: php, label: 'PHP' },
  python: { grammar: python, label: 'Python' },
  text: { grammar: null, label: 'Text' },
  typescript: { grammar: typescript, label: 'TypeScript' },
} as const;

export type CodeLanguage = keyof typeof languages;

for (const [name, { grammar }] of Object.entries(languages)) if (grammar !== null) hljs.registerLanguage(name, grammar);

export function isCodeLanguage(text: string): text is CodeLanguage {
  return Object.hasOwn(languages, text);
}

export function labelOf(language: CodeLanguage): string {
  return languages[language].label;
}

/** The code as escaped HTML; highlighted parts are `<span>`s with classes. */
export function highlight(code: string, language: CodeLanguage): string {
  return languages[language].grammar === null ? escapeHtml(code) : hljs.highlight(code, { language }).value;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
