import { Type } from 'typebox';
import { Problem } from '../http/problem.ts';
import type { Api, ApiContext } from './context.ts';
import { identifier, type Json } from './lists.ts';
import { commonProblems } from './problems.ts';

const accountSchema = Type.Object(
  {
    id: identifier('The user', 3),
    username: Type.String({ description: 'The e-mail address', examples: ['coach@club.example'] }),
    external_id: Type.Null({ description: 'Reserved' }),
    email: Type.String({ examples: ['coach@club.example'] }),
    manager_profile: Type.Object({
      id: identifier('The manager', 3),
      first_name: Type.String({ examples: ['Anna'] }),
      last_name: Type.String({ examples: ['Keller'] }),
    }),
    role: Type.Literal('MANAGER'),
    extra_permissions: Type.Array(Type.String(), { description: 'Reserved; empty', examples: [[]] }),
  },
  { title: 'Account', description: 'The user on whose behalf the application asks' },
);

/** `/api/v1/account/`: the user of the access token. */
export function accountResource(app: Api, { store }: ApiContext): void {
  app.get(
    '/api/v1/account/',
    {
      schema: {
        operationId: 'getAccount',
        tags: ['Account'],
        summary: 'The account of the user who authorized the application',
        response: { 200: accountSchema, ...commonProblems },
      },
    },
    async ({ principal }): Promise<Json<typeof accountSchema>> => {
      const user = await store.users.find(principal.userId);
      if (user === undefined) throw new Problem(401, 'invalid_token', 'The access token is of nobody');
      return {
        id: user.id,
        username: user.email,
        external_id: null,
        email: user.email,
        manager_profile: { id: user.id, first_name: user.firstName, last_name: user.lastName },
        role: 'MANAGER',
        extra_permissions: [],
      };
    },
  );
}
