import type { AppError } from '../../../base/AppError.ts';
import { isAppError } from '../../../base/AppError.ts';
import { pause, throwIfAborted } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { RequestMeter } from '../../Connector.ts';
import type { IncomingAnswer, OutgoingRequest, SendOptions } from '../ApiSession.ts';
import type { Authentication } from '../authentication/Authentication.ts';
import { requestTimeoutError } from '../errors/answerErrors.ts';
import { breakerOpenError } from '../errors/pacingErrors.ts';
import { refusalError } from './answerFailures.ts';
import type { ApiPace } from './pacing/ApiPace.ts';
import { retryAfterMs } from './pacing/rateHeaders.ts';
import { backoffMs, unnamedPauseMs } from './pacing/requestBackoff.ts';
import type { RequestRoute, RoutedAnswer } from './RequestRoute.ts';
import { placeText } from './urls.ts';
import { type Judgement, judge } from './verdictOf.ts';

/** RFC 9110, 9.2.2. */
const repeatableMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
/** However long an API wants a pause, after that a request is tried again. */
const longestPauseMs = 60 * 60_000;
/** A request that got its turn sooner did not have to wait for it. */
const shortestWaitMs = 1;

export interface RequestSenderOptions {
  readonly route: RequestRoute;
  readonly authentication: Authentication;
  readonly pace: ApiPace;
  readonly queryMs: number;
  readonly maxRetries: number;
  readonly meter: RequestMeter | null;
  readonly clock: Clock;
  readonly random: () => number;
}

/** How one attempt ended, and what is to be done about it. */
type Attempt =
  | { readonly type: 'answer'; readonly routed: RoutedAnswer; readonly isIgnored: boolean }
  | { readonly type: 'fail'; readonly error: unknown; readonly isOutage: boolean }
  /** After a pause of this connection; the pause of all connections to the API is in its pace. */
  | { readonly type: 'again'; readonly pauseMs: number; readonly error: AppError; readonly isOutage: boolean }
  | { readonly type: 'renewed'; readonly error: AppError };

/** Sends a request until it has its answer, as a good client does: in its turn, with pauses, and not for ever. */
export class RequestSender {
  readonly #options: RequestSenderOptions;

  constructor(options: RequestSenderOptions) {
    this.#options = options;
  }

  /**
   * @param controller of the signal that ends the request; an attempt that takes too long aborts it, too
   * @throws the failure of the last attempt, CIRCUIT_OPEN, RATE_LIMITED, or the signal's reason
   */
  async send(
    request: OutgoingRequest,
    options: Omit<SendOptions, 'signal'>,
    controller: AbortController,
  ): Promise<IncomingAnswer> {
    const { clock, pace, maxRetries, meter } = this.#options;
    const startedMs = clock.monotonicMs();
    const isRepeatable = isSafeToRepeat(request);
    const message = { ...request, isRepeatable };
    const waiting = new Waits(this.#options, controller.signal, options.onWaiting);
    let retriesLeft = options.isVerbatim === true || !isRepeatable ? 0 : maxRetries;
    let isRenewed = false;
    try {
      for (let attempt = 1; ; attempt += 1) {
        this.#requireClosedBreaker(options);
        throwIfAborted(controller.signal);
        // Without a promise where there is nothing to wait for: it is on its way before the caller goes on.
        if (!pace.tryTurn()) await waiting.turn();
        const ended = await this.#attempt(message, options, controller, attempt);
        if (ended.type === 'answer') {
          pace.breaker.succeeded();
          const times = { attempts: attempt, startedMs, waitMs: waiting.totalMs };
          return this.#incoming(ended.routed, ended.isIgnored, times);
        }
        if (ended.type === 'renewed' && !isRenewed) {
          isRenewed = true;
          continue;
        }
        const isAgain = ended.type === 'again' && retriesLeft > 0 && waiting.hasTimeFor(ended.pauseMs);
        if (!isAgain) throw this.#given(ended);
        retriesLeft -= 1;
        await waiting.pause(ended.pauseMs);
      }
    } finally {
      if (waiting.totalMs >= shortestWaitMs) meter?.waited(waiting.totalMs);
    }
  }

  /** A person may always try. */
  #requireClosedBreaker({ isVerbatim = false }: Pick<SendOptions, 'isVerbatim'>): void {
    const remainingMs = this.#options.pace.breaker.remainingMs();
    if (remainingMs > 0 && !isVerbatim) throw breakerOpenError(remainingMs);
  }

  /** The error that is thrown in the end, of which the breaker hears. */
  #given(ended: Exclude<Attempt, { type: 'answer' }>): unknown {
    const { breaker } = this.#options.pace;
    if (ended.type !== 'renewed' && ended.isOutage) breaker.failed();
    else if (ended.type === 'renewed') breaker.succeeded();
    return ended.error;
  }

  async #attempt(
    request: OutgoingRequest,
    { purpose, isVerbatim = false }: Omit<SendOptions, 'signal'>,
    controller: AbortController,
    attempt: number,
  ): Promise<Attempt> {
    const { clock, meter, route, queryMs } = this.#options;
    const measured = meter?.begin(purpose) ?? null;
    const startedMs = clock.monotonicMs();
    const tookMs = () => clock.monotonicMs() - startedMs;
    let isLate = false;
    const deadline = clock.after(queryMs, () => {
      isLate = true;
      controller.abort(requestTimeoutError(request.method, placeText(request.url), queryMs));
    });
    try {
      const routed = await route.send(request, isVerbatim, controller.signal);
      measured?.answered(routed.answer.status);
      const ended = this.#ended(routed, request, isVerbatim, attempt);
      if (ended.type === 'answer') measured?.succeeded(tookMs());
      else measured?.failed(tookMs(), ended.error);
      return ended;
    } catch (error) {
      measured?.failed(tookMs(), error);
      if (!isLate) throwIfAborted(controller.signal);
      return this.#failedAttempt(error, attempt);
    } finally {
      deadline.cancel();
    }
  }

  #failedAttempt(error: unknown, attempt: number): Attempt {
    const isOutage = isAppError(error) && error.retryable;
    // What has used up its whole time once would do so again.
    if (!isAppError(error) || !error.retryable || error.code === 'QUERY_TIMEOUT') {
      return { type: 'fail', error, isOutage };
    }
    return { type: 'again', error, isOutage, pauseMs: backoffMs(attempt, this.#options.random) };
  }

  #ended(routed: RoutedAnswer, request: OutgoingRequest, isVerbatim: boolean, attempt: number): Attempt {
    const { authentication, pace, meter } = this.#options;
    const { answer, credentials } = routed;
    const { remaining, resetMs } = pace.heard(answer.headers);
    if (remaining !== null) meter?.remaining(remaining, resetMs);
    const judgement = isVerbatim ? judge(answer, []) : judge(answer, request.rules);
    const { verdict } = judgement;
    if (verdict === 'rate-limit') this.#pauseAll(routed, attempt);
    const canRenew = verdict === 'refused' && credentials !== null && authentication.refused(credentials);
    if (isVerbatim) return { type: 'answer', routed, isIgnored: false };
    if (verdict === 'ok' || verdict === 'ignore') {
      return { type: 'answer', routed, isIgnored: verdict === 'ignore' };
    }
    return this.#refused(routed, request, judgement, canRenew, attempt);
  }

  #refused(
    routed: RoutedAnswer,
    request: OutgoingRequest,
    { verdict, isByRule }: Judgement,
    canRenew: boolean,
    attempt: number,
  ): Attempt {
    const { clock, random } = this.#options;
    const error = refusalError(routed, request, isByRule, clock.wallMs());
    const isOutage = routed.answer.status >= 500;
    switch (verdict) {
      case 'rate-limit':
        return { type: 'again', error, isOutage: false, pauseMs: 0 };
      case 'retry':
        return { type: 'again', error, isOutage, pauseMs: backoffMs(attempt, random) };
      case 'refused':
        return canRenew ? { type: 'renewed', error } : { type: 'fail', error, isOutage: false };
      default:
        return { type: 'fail', error, isOutage };
    }
  }

  /** The API wants a pause: as long as it says, else a growing one of our own. */
  #pauseAll({ answer }: RoutedAnswer, attempt: number): void {
    const { clock, pace, random } = this.#options;
    const namedMs = retryAfterMs(answer.headers, clock.wallMs());
    // Not all at the same moment, where several wait.
    const pauseMs = namedMs === null ? unnamedPauseMs(attempt, random) : namedMs + 250 * random();
    pace.pauseFor(Math.min(longestPauseMs, pauseMs));
  }

  #incoming(
    { answer, url, redirectedFrom, sentHeaders, way }: RoutedAnswer,
    isIgnored: boolean,
    times: { readonly attempts: number; readonly startedMs: number; readonly waitMs: number },
  ): IncomingAnswer {
    const { status, statusText, headers, body, byteCount, firstByteMs, downloadMs } = answer;
    const totalMs = this.#options.clock.monotonicMs() - times.startedMs;
    // Spelled out: to spread objects takes longer than all else that is done with an answer.
    return {
      status,
      statusText,
      headers,
      body,
      url,
      redirectedFrom,
      isIgnored,
      byteCount,
      sentHeaders,
      attempts: times.attempts,
      timing: {
        waitMs: times.waitMs,
        dnsMs: way.dnsMs,
        tcpMs: way.tcpMs,
        tlsMs: way.tlsMs,
        firstByteMs,
        downloadMs,
        totalMs,
      },
    };
  }
}

const isSafeToRepeat = ({ isRepeatable, method }: OutgoingRequest): boolean =>
  isRepeatable || repeatableMethods.has(method);

/** The waits of one request, which together last no longer than a request may. */
class Waits {
  totalMs = 0;
  readonly #sender: RequestSenderOptions;
  readonly #signal: AbortSignal;
  readonly #onWaiting: (untilMs: number) => void;

  constructor(
    sender: RequestSenderOptions,
    signal: AbortSignal,
    onWaiting: SendOptions['onWaiting'] = () => undefined,
  ) {
    this.#sender = sender;
    this.#signal = signal;
    this.#onWaiting = onWaiting;
  }

  /** Waits until the API and the rate limit let a request through. @throws RATE_LIMITED, or the signal's reason */
  turn(): Promise<void> {
    const { pace, queryMs } = this.#sender;
    const limitMs = queryMs - this.totalMs;
    return this.#add(pace.turn({ signal: this.#signal, limitMs, onWaiting: this.#onWaiting }));
  }

  hasTimeFor(durationMs: number): boolean {
    return this.totalMs + durationMs <= this.#sender.queryMs;
  }

  async pause(durationMs: number): Promise<void> {
    if (durationMs === 0) return;
    const { clock } = this.#sender;
    this.#onWaiting(clock.monotonicMs() + durationMs);
    await this.#add(pause(clock, durationMs, this.#signal));
  }

  /** Also of a wait that is given up. */
  async #add(wait: Promise<void>): Promise<void> {
    const { clock } = this.#sender;
    const startedMs = clock.monotonicMs();
    try {
      await wait;
    } finally {
      this.totalMs += clock.monotonicMs() - startedMs;
    }
  }
}
