/** @module How often a key may ask: a bucket of tokens for each, refilled evenly over a minute. */

/** Seconds in which a full limit is refilled. */
const WINDOW = 60;
/** How many buckets are kept; the ones that were not used for longest go first. */
const MOST = 10_000;

/** What is left of a limit. */
export interface Allowance {
  readonly granted: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until one more request is possible; 0 when it is now. */
  readonly wait: number;
}

/** Buckets by name. */
export class RateLimits {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private readonly now: () => number;

  /** @param now - seconds, always growing */
  constructor(now: () => number = () => performance.now() / 1000) {
    this.now = now;
  }

  /** Takes one of `limit` requests a minute. */
  take(name: string, limit: number): Allowance {
    const tokens = this.tokens(name, limit);
    const granted = tokens >= 1;
    const left = granted ? tokens - 1 : tokens;
    this.buckets.delete(name);
    this.buckets.set(name, { tokens: left, at: this.now() });
    if (this.buckets.size > MOST) this.buckets.delete(this.buckets.keys().next().value!);
    return allowance(granted, limit, left);
  }

  /** What {@link take} would say, without taking. */
  look(name: string, limit: number): Allowance {
    const tokens = this.tokens(name, limit);
    return allowance(tokens >= 1, limit, tokens);
  }

  private tokens(name: string, limit: number): number {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) return limit;
    return Math.min(limit, bucket.tokens + ((this.now() - bucket.at) * limit) / WINDOW);
  }
}

function allowance(granted: boolean, limit: number, left: number): Allowance {
  const wait = left >= 1 || limit <= 0 ? 0 : Math.ceil(((1 - left) * WINDOW) / limit);
  return { granted, limit, remaining: Math.floor(left), wait };
}

/** The headers that say what is left (IETF's draft of RateLimit fields). */
export function rateHeaders({ limit, remaining, wait }: Allowance): Record<string, string> {
  return { "RateLimit-Policy": `"key";q=${limit};w=${WINDOW}`, RateLimit: `"key";r=${remaining};t=${wait}` };
}
