import Fastify from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiOptions, registerApi } from '../../api/index.ts';
import type { OpenapiDocument } from './document.ts';
import type { OperationParameter } from './fields.ts';
import { type Operation, type Reference, referenceFrom } from './reference.ts';

const publicUrl = 'https://insiders.example';

async function publishedDocument(): Promise<OpenapiDocument> {
  const app = Fastify();
  const options = { publicUrl, requestsPerMinute: 0, guard: async () => undefined };
  const document = registerApi(app, options as unknown as ApiOptions);
  await app.ready();
  return document() as OpenapiDocument;
}

const operationsOf = ({ groups }: Reference): readonly Operation[] => groups.flatMap(({ operations }) => operations);

/** What the page would have to show without saying what it means. */
function unexplained(reference: Reference): readonly string[] {
  return operationsOf(reference).flatMap(({ id, summary, parameters, body }) => [
    ...(summary === '' ? [id] : []),
    ...[...parameters, ...body].filter(({ meaning }) => meaning === '').map(({ name }) => `${id}: ${name}`),
  ]);
}

describe('the reference made from the document of the API', () => {
  let document: OpenapiDocument;
  let reference: Reference;
  beforeAll(async () => {
    document = await publishedDocument();
    reference = referenceFrom(document);
  });

  const operation = (id: string): Operation => {
    const found = operationsOf(reference).find((one) => one.id === id);
    if (found === undefined) throw new Error(`No ${id}`);
    return found;
  };

  it('has every operation of the document, once, with all its parameters and all it can answer', () => {
    const wanted = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, parameters = [], responses }]) => ({
        id: operationId,
        at: `${method.toUpperCase()} ${path}`,
        parameters: parameters.map(({ name }) => name).sort(),
        answers: Object.keys(responses),
      })),
    );
    const shown = operationsOf(reference).map(({ id, method, path, parameters, successes, problems }) => ({
      id,
      at: `${method} ${path}`,
      parameters: parameters.map(({ name }) => name).sort(),
      answers: [
        ...successes.flatMap(({ statuses }) => statuses.map(({ status }) => status)),
        ...new Set(problems.map(({ status }) => status)),
      ],
    }));
    const byId = (one: { id: string | undefined }, other: { id: string | undefined }) =>
      String(one.id).localeCompare(String(other.id));
    expect(wanted.length).toBeGreaterThan(0);
    expect(shown.sort(byId)).toEqual(wanted.sort(byId));
  });

  it('knows what every operation, every parameter and every field of a body means', () => {
    expect(unexplained(reference)).toEqual([]);
  });

  it('notices what the document does not explain', () => {
    const silent = JSON.parse(
      JSON.stringify(document, (key, value) => (key === 'description' && value === 'The device' ? undefined : value)),
    );
    expect(unexplained(referenceFrom(silent))).toEqual(['getDevice: id', 'setCustomName: id', 'releaseOwnership: id']);
  });

  it('groups the operations as the document does', () => {
    expect(reference.groups.map(({ name, operations }) => [name, operations.map(({ id }) => id)])).toEqual([
      ['Account', ['getAccount']],
      ['Devices', ['listDevices', 'getDevice', 'setCustomName']],
      ['Device ownerships', ['listDeviceOwnerships', 'getDeviceOwnership', 'takeOwnership', 'releaseOwnership']],
    ]);
  });

  it('shows of a parameter where it goes, what it may be, and what it is without being sent', () => {
    const named = (name: string) => operation('listDevices').parameters.find((one) => one.name === name);
    expect(named('limit')).toEqual({
      name: 'limit',
      where: 'query',
      required: false,
      type: 'integer',
      limits: 'from 1',
      meaning: 'Results on a page. More than 3000 counts as 3000',
      defaultValue: '150',
      choices: [],
      example: '150',
      kind: 'number',
    } satisfies OperationParameter);
    expect(named('current')?.choices).toEqual(['true', 'false']);
    expect(named('ordering')?.choices).toContain('-serial_number');
    expect(operation('setCustomName').body).toMatchObject([
      { name: 'custom_name', where: 'body', required: true, limits: 'at most 100 characters' },
    ]);
  });

  it('flattens nested objects into one table', () => {
    const [answer] = operation('listDeviceOwnerships').successes;
    expect(answer?.fields.map(({ name }) => name)).toEqual([
      'count',
      'page',
      'next',
      'previous',
      'results',
      'results[].id',
      'results[].start_time',
      'results[].end_time',
      'results[].device',
      'results[].manager',
      'results[].device_details',
      'results[].device_details.id',
      'results[].device_details.device_name',
      'results[].device_details.serial_number',
    ]);
    expect(answer?.fields.find(({ name }) => name === 'next')?.type).toBe('integer or null');
  });

  it('shows answers of the same fields together, with one example that has these fields', () => {
    const [answer, ...others] = operation('takeOwnership').successes;
    expect(others).toEqual([]);
    expect(answer?.statuses.map(({ status }) => status)).toEqual(['200', '201']);
    expect(JSON.parse(answer?.example ?? '')).toEqual({
      id: 42,
      start_time: '2024-01-01T06:00:00.000000Z',
      end_time: '2999-12-31T23:59:59Z',
      device: 17,
      manager: 3,
      device_details: { id: 17, device_name: 'a1b2c3d4e5f8', serial_number: '012345' },
    });
  });

  it('collects the errors of all operations, each once', () => {
    const codes = reference.problems.map(({ status, code }) => `${status} ${code}`);
    expect(codes).toEqual([
      '400 invalid_request',
      '401 invalid_token',
      '401 authentication_required',
      '403 not_owner',
      '404 not_found',
      '409 device_owned',
      '413 too_large',
      '415 unsupported_media_type',
      '429 throttled',
      '500 server_error',
      '503 temporarily_unavailable',
    ]);
    expect(reference.problems.find(({ status }) => status === '429')?.headers).toEqual(['Retry-After']);
  });

  it('writes commands that can be pasted', () => {
    expect(operation('listDevices').curl).toBe(
      `curl -H "Authorization: Bearer $ACCESS_TOKEN" \\\n  '${publicUrl}/api/v1/devices/?current=true'`,
    );
    expect(operation('setCustomName').curl).toBe(
      [
        'curl -X POST \\',
        '  -H "Authorization: Bearer $ACCESS_TOKEN" \\',
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"custom_name":"Goalkeeper"}' \\`,
        `  '${publicUrl}/api/v1/devices/17/set-custom-name/'`,
      ].join('\n'),
    );
    expect(operation('releaseOwnership').curl).not.toContain('-d');
  });
});

describe('a document of another make', () => {
  const withAnswer = (schema: object, schemas: object = {}): OpenapiDocument => ({
    info: { title: 'x', version: '1' },
    paths: {
      '/x/': {
        get: {
          operationId: 'x',
          responses: { '200': { description: 'X', content: { 'application/json': { schema } } } },
        },
      },
    },
    components: { schemas: schemas as Record<string, object> },
  });
  const answerOf = (document: OpenapiDocument) => operationsOf(referenceFrom(document))[0]?.successes[0];

  it('may refer to schemas by name', () => {
    const Device = { type: 'object', properties: { id: { type: 'integer', description: 'Its number' } } };
    const list = { type: 'array', items: { $ref: '#/components/schemas/Device' } };
    const answer = answerOf(withAnswer(list, { Device }));
    expect(answer?.fields).toEqual([{ name: '[].id', type: 'integer', required: false, meaning: 'Its number' }]);
    expect(JSON.parse(answer?.example ?? '')).toEqual([{ id: 1 }]);
  });

  it('may hold a schema within itself', () => {
    const Node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } };
    const answer = answerOf(withAnswer({ $ref: '#/components/schemas/Node' }, { Node }));
    expect(answer?.fields.map(({ name }) => name)).toEqual(['next']);
    expect(JSON.parse(answer?.example ?? '')).toEqual({ next: null });
  });

  it('must not refer to what is not there', () => {
    expect(() => referenceFrom(withAnswer({ $ref: '#/components/schemas/None' }))).toThrow('leads nowhere');
  });

  it('must name its operations', () => {
    const document = withAnswer({ type: 'object' });
    const nameless = { ...document, paths: { '/x/': { get: { responses: {} } } } };
    expect(() => referenceFrom(nameless)).toThrow('GET /x/ has no operationId');
  });

  it('quotes what a shell would read', () => {
    const path = "/it's/{id}/";
    const document: OpenapiDocument = { info: { title: 'x', version: '1' }, paths: {} };
    const get = { operationId: 'x', responses: {} };
    const [operation] = operationsOf(referenceFrom({ ...document, paths: { [path]: { get } } }));
    expect(operation?.curl).toContain(`'/it'\\''s/id/'`);
  });
});
