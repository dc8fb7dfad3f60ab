/** For whom an API request is made, and by which application: what its access token rests on. */
export interface Principal {
  readonly userId: number;
  readonly userEmail: string;
  readonly applicationId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly familyId: string;
  /** The application is a sandbox. */
  readonly sandbox: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the bearer guard on every protected route, before its handler runs. */
    principal: Principal;
    /** Of whose token the guard knows that it is no good any more, and why. */
    refusedFor?: { readonly applicationId: string; readonly cause: string };
  }
}
