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

/** The operations and parameters without a description. */
function unexplained(reference: Reference): readonly string[] {
  return operationsOf(reference).flatMap(({ id, summary, parameters, body }) => [
    ...(summary === '' ? [id] : []),
    ...[...parameters, ...body].filter(({ meaning }) => meaning === '').map(({ name }) => `${id}: ${name}`),
  ]);
}

describe('the reference of the published document', () => {
  let document: OpenapiDocument;
  let reference: Reference;
  beforeAll(async () => {
    document = await publishedDocument();
    reference = referenceFrom(document);
  });

  const operation = (id: string): Operation => {
    const found = operationsOf(reference).find((each) => each.id === id);
    if (found === undefined) throw new Error(`No ${id}`);
    return found;
  };

  it('has every operation of the document once, with all its parameters and statuses', () => {
    const published = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, parameters = [], responses }]) => ({
        id: operationId,
        at: `${method.toUpperCase()} ${path}`,
        parameters: parameters.map(({ name }) => name).sort(),
        statuses: Object.keys(responses),
      })),
    );
    const shown = operationsOf(reference).map(({ id, method, path, parameters, successes, problems }) => ({
      id,
      at: `${method} ${path}`,
      parameters: parameters.map(({ name }) => name).sort(),
      statuses: [
        ...successes.flatMap(({ statuses }) => statuses.map(({ status }) => status)),
        ...new Set(problems.map(({ status }) => status)),
      ],
    }));
    const byId = (one: { id: string | undefined }, other: { id: string | undefined }) =>
      String(one.id).localeCompare(String(other.id));
    expect(published.length).toBeGreaterThan(0);
    expect(shown.sort(byId)).toEqual(published.sort(byId));
  });

  it('describes every operation, every parameter and every field of a body', () => {
    expect(unexplained(reference)).toEqual([]);
  });

  it('has an empty description where the document has none', () => {
    const withoutDescription = JSON.parse(
      JSON.stringify(document, (key, value) => (key === 'description' && value === 'The device' ? undefined : value)),
    );
    expect(unexplained(referenceFrom(withoutDescription))).toEqual([
      'getDevice: id',
      'setCustomName: id',
      'releaseOwnership: id',
    ]);
  });

  it('groups the operations by the tags of the document', () => {
    expect(reference.groups.map(({ name, operations }) => [name, operations.map(({ id }) => id)])).toEqual([
      ['Account', ['getAccount']],
      ['Devices', ['listDevices', 'getDevice', 'setCustomName']],
      ['Device ownerships', ['listDeviceOwnerships', 'getDeviceOwnership', 'takeOwnership', 'releaseOwnership']],
    ]);
  });

  it('has the place, the limits, the choices and the default of a parameter', () => {
    const named = (name: string) => operation('listDevices').parameters.find((each) => each.name === name);
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
    const [success] = operation('listDeviceOwnerships').successes;
    expect(success?.fields.map(({ name }) => name)).toEqual([
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
    expect(success?.fields.find(({ name }) => name === 'next')?.type).toBe('integer or null');
  });

  it('combines responses with the same fields, with one example', () => {
    const [success, ...others] = operation('takeOwnership').successes;
    expect(others).toEqual([]);
    expect(success?.statuses.map(({ status }) => status)).toEqual(['200', '201']);
    expect(JSON.parse(success?.example ?? '')).toEqual({
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

  it('has a curl command for each operation', () => {
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

describe('the reference of another document', () => {
  const withResponse = (schema: object, schemas: object = {}): OpenapiDocument => ({
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
  const successOf = (document: OpenapiDocument) => operationsOf(referenceFrom(document))[0]?.successes[0];

  it('follows references to schemas', () => {
    const Device = { type: 'object', properties: { id: { type: 'integer', description: 'Its number' } } };
    const list = { type: 'array', items: { $ref: '#/components/schemas/Device' } };
    const success = successOf(withResponse(list, { Device }));
    expect(success?.fields).toEqual([{ name: '[].id', type: 'integer', required: false, meaning: 'Its number' }]);
    expect(JSON.parse(success?.example ?? '')).toEqual([{ id: 1 }]);
  });

  it('follows a recursive schema once', () => {
    const Node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } };
    const success = successOf(withResponse({ $ref: '#/components/schemas/Node' }, { Node }));
    expect(success?.fields.map(({ name }) => name)).toEqual(['next']);
    expect(JSON.parse(success?.example ?? '')).toEqual({ next: null });
  });

  it('fails if a reference leads nowhere', () => {
    expect(() => referenceFrom(withResponse({ $ref: '#/components/schemas/None' }))).toThrow('is not in the document');
  });

  it('fails if an operation has no operationId', () => {
    const document = withResponse({ type: 'object' });
    const withoutId = { ...document, paths: { '/x/': { get: { responses: {} } } } };
    expect(() => referenceFrom(withoutId)).toThrow('GET /x/ has no operationId');
  });

  it('quotes characters that a shell would interpret', () => {
    const path = "/it's/{id}/";
    const document: OpenapiDocument = { info: { title: 'x', version: '1' }, paths: {} };
    const get = { operationId: 'x', responses: {} };
    const [operation] = operationsOf(referenceFrom({ ...document, paths: { [path]: { get } } }));
    expect(operation?.curl).toContain(`'/it'\\''s/id/'`);
  });
});
