import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import { AppError } from '../../../base/AppError.ts';
import { untilAborted, withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { Lookup } from '../../network/sockets/resolveHost.ts';
import type { ObtainedSecret, SignInOptions } from '../../RequestTools.ts';
import { Redactor } from '../client/Redactor.ts';
import { Transport } from '../client/Transport.ts';
import { maxBytesOf, transportOptions } from '../client/transportOptions.ts';
import { oauthError, signInRefusedError } from '../errors/oauthErrors.ts';
import { clientOf, loadOauth, type OauthAuth } from './OauthTokens.ts';
import { RedirectListener } from './RedirectListener.ts';
import { createTokenFetch } from './tokenFetch.ts';

/** Whoever needs longer begins anew. */
const timeLimitMs = 5 * 60_000;
const connectMs = 15_000;

type CodeAuth = Extract<OauthAuth, { type: 'oauth-code' }>;

/**
 * Signs in at an authorization server in the system's browser: an authorization code with PKCE, which comes back to a
 * port of this computer. The port is closed in any case.
 * @throws AUTH_FAILED, PORT_IN_USE, CANCELLED, or the signal's reason
 */
export function signIn(
  config: RestConfig,
  options: SignInOptions,
  surroundings: { readonly lookup: Lookup; readonly clock: Clock },
): Promise<ObtainedSecret> {
  const { auth } = config;
  if (auth.type !== 'oauth-code') {
    throw new AppError('UNSUPPORTED', { title: 'This authentication needs no sign-in' });
  }
  return withDeadline(surroundings.clock, options.signal, timeLimitMs, tooLateError, (signal) =>
    signInWith(config, auth, { ...options, signal }, surroundings),
  );
}

async function signInWith(
  config: RestConfig,
  auth: CodeAuth,
  options: SignInOptions,
  surroundings: { readonly lookup: Lookup; readonly clock: Clock },
): Promise<ObtainedSecret> {
  const { signal, openInBrowser } = options;
  const oauth = await loadOauth();
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const listener = await RedirectListener.listen(auth.redirectPort, state);
  try {
    const { redirectUri } = listener;
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    await openInBrowser(authorizationUrl(auth, redirectUri, state, challenge));
    const answered = await untilAborted(signal, listener.parameters);
    return await exchangeCode(
      config,
      auth,
      { answered, redirectUri, state, verifier },
      options,
      surroundings,
    );
  } finally {
    await listener.close();
  }
}

function authorizationUrl(auth: CodeAuth, redirectUri: string, state: string, challenge: string): string {
  const url = new URL(auth.authorizationUrl);
  const parameters = {
    response_type: 'code',
    client_id: auth.clientId,
    redirect_uri: redirectUri,
    ...(auth.scopes !== '' && { scope: auth.scopes }),
    ...{ state, code_challenge: challenge, code_challenge_method: 'S256' },
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

interface Returned {
  readonly answered: URLSearchParams;
  readonly redirectUri: string;
  readonly state: string;
  readonly verifier: string;
}

async function exchangeCode(
  config: RestConfig,
  auth: CodeAuth,
  { answered, redirectUri, state, verifier }: Returned,
  { signal, secret }: SignInOptions,
  surroundings: { readonly lookup: Lookup; readonly clock: Clock },
): Promise<ObtainedSecret> {
  const refusal = answered.get('error');
  if (refusal !== null) throw signInRefusedError(refusal, answered.get('error_description') ?? '', null);
  const oauth = await loadOauth();
  const clientSecret = auth.clientAuthentication === 'none' ? null : await secret('clientSecret');
  const redactor = new Redactor();
  for (const one of [clientSecret, verifier, answered.get('code')]) redactor.add(one);
  const transport = new Transport(transportOptions(config, connectMs, surroundings, secret));
  try {
    const fetch = createTokenFetch(transport, new URL(config.baseUrl), 'Mooring', maxBytesOf(config));
    const { server, client, proof, options } = clientOf(oauth, auth, clientSecret, fetch);
    // Who issued it is known by the state alone: the configuration has no issuer to compare it with.
    answered.delete('iss');
    const parameters = oauth.validateAuthResponse(server, client, answered, state);
    const response = await oauth.authorizationCodeGrantRequest(
      ...([server, client, proof, parameters, redirectUri, verifier] as const),
      { ...options, signal },
    );
    const token = await oauth.processAuthorizationCodeResponse(server, client, response);
    if (token.refresh_token === undefined) throw noRefreshTokenError();
    return { field: 'refreshToken', value: token.refresh_token, expiresAt: null };
  } catch (error) {
    throw redactor.error(oauthError(error, signal));
  } finally {
    transport.destroy();
  }
}

const tooLateError = () =>
  new AppError('AUTH_FAILED', {
    title: 'The sign-in took too long',
    detail: 'Nobody came back from the browser within five minutes.',
    causes: [
      'The window of the browser was closed.',
      'The server does not know the redirect address: it is http://127.0.0.1, the redirect port, and /callback.',
    ],
    fixes: ['Sign in once more.', 'Register the redirect address with the server.'],
  });

const noRefreshTokenError = () =>
  new AppError('AUTH_FAILED', {
    title: 'The server gave no refresh token',
    detail: 'Mooring needs one, or you would have to sign in again every hour.',
    causes: ['The server gives one only for a certain scope, often offline_access.'],
    fixes: [
      'Add the scope that the documentation of the API names, such as offline_access, and sign in again.',
    ],
  });
