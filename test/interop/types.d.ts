/** Types of client libraries without types, as far as the tests use them. */

declare module 'simple-oauth2' {
  interface AccessToken {
    readonly token: { readonly access_token: string; readonly refresh_token: string; readonly scope: string };
    expired(): boolean;
    refresh(parameters?: object): Promise<AccessToken>;
    revoke(kind: 'access_token' | 'refresh_token'): Promise<void>;
    revokeAll(): Promise<void>;
  }
  interface Options {
    readonly client: { readonly id: string; readonly secret: string };
    readonly auth: {
      readonly tokenHost: string;
      readonly tokenPath: string;
      readonly revokePath: string;
      readonly authorizePath?: string;
    };
    readonly options?: { readonly authorizationMethod?: 'header' | 'body' };
  }
  export class AuthorizationCode {
    constructor(options: Options);
    authorizeURL(parameters: Readonly<Record<string, string>>): string;
    getToken(parameters: Readonly<Record<string, string>>): Promise<AccessToken>;
  }
  export class ResourceOwnerPassword {
    constructor(options: Options);
    getToken(parameters: Readonly<Record<string, string>>): Promise<AccessToken>;
  }
}

declare module 'passport-oauth2' {
  type TokenCallback = (error: unknown, accessToken?: string, refreshToken?: string, parameters?: object) => void;
  interface Options {
    readonly authorizationURL: string;
    readonly tokenURL: string;
    readonly clientID: string;
    readonly clientSecret: string;
    readonly callbackURL: string;
    readonly state?: boolean;
    readonly pkce?: boolean;
    readonly scope?: string;
  }
  type Verify = (
    accessToken: string,
    refreshToken: string,
    parameters: object,
    profile: object,
    done: (error: unknown, user: object) => void,
  ) => void;
  export class Strategy {
    constructor(options: Options, verify: Verify);
    readonly _oauth2: { getOAuthAccessToken(code: string, parameters: object, callback: TokenCallback): void };
    authenticate(request: object, options?: object): void;
    redirect?: (address: string) => void;
    success?: (user: object) => void;
    fail?: (problem: unknown) => void;
    error?: (problem: unknown) => void;
  }
}
