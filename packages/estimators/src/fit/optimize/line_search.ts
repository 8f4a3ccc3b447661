/** @module The line search of Moré and Thuente (1994), as MINPACK-2's `dcsrch` and `dcstep` have it. */

/** A place on the line: how far, the value there, and the slope. */
interface Place {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** What is asked of a step, with the names of `dcsrch`. */
export interface LineSearchOptions {
  /** Sufficient decrease: what share of the first slope the value must fall with. */
  readonly ftol: number;
  /** Curvature: what share of the first slope may be left. */
  readonly gtol: number;
  /** The relative width of the interval that ends the search. */
  readonly xtol: number;
  readonly least: number;
  readonly most: number;
}

/** How the search goes on: another step to try, or whether the last one is good enough or the best there is. */
export type Verdict = "try" | "found" | "warning";

/** Steps grow by factors between these before a minimum is known to lie within. */
const GROW_LEAST = 1.1;
const GROW_MOST = 4;
/** The share that the interval must shrink by in two steps. */
const SHRINK = 0.66;

/**
 * One search along a line; `step` is the step to try next.
 *
 * @example
 * const search = new LineSearch(1, value, slope, options);
 * while (search.next(valueAt(search.step), slopeAt(search.step)) === "try");
 */
export class LineSearch {
  /** The step to try. */
  step: number;
  readonly #options: LineSearchOptions;
  readonly #first: Place;
  readonly #test: number;
  #bracketed = false;
  #firstStage = true;
  #width: number;
  #widthBefore: number;
  #best: Place;
  #other: Place;
  #least = 0;
  #most: number;

  /** @param slope - at the start, below 0 */
  constructor(step: number, value: number, slope: number, options: LineSearchOptions) {
    this.step = step;
    this.#options = options;
    this.#first = { step: 0, value, slope };
    this.#best = this.#first;
    this.#other = this.#first;
    this.#test = options.ftol * slope;
    this.#width = options.most - options.least;
    this.#widthBefore = 2 * this.#width;
    this.#most = step + GROW_MOST * step;
  }

  /** Takes in the value and the slope at `step`. */
  next(value: number, slope: number): Verdict {
    const { gtol, xtol, least, most } = this.#options;
    const { step } = this;
    const bound = this.#first.value + step * this.#test;
    if (this.#firstStage && value <= bound && slope >= 0) this.#firstStage = false;
    if (value <= bound && Math.abs(slope) <= gtol * -this.#first.slope) return "found";
    const stuck =
      this.#bracketed && (step <= this.#least || step >= this.#most || this.#most - this.#least <= xtol * this.#most);
    const atMost = step === most && value <= bound && slope <= this.#test;
    const atLeast = step === least && (value > bound || slope >= this.#test);
    if (stuck || atMost || atLeast) return "warning";
    this.#advance({ step, value, slope }, value <= this.#best.value && value > bound && this.#firstStage);
    this.#narrow();
    return "try";
  }

  /** The next step from the interval so far; in the first stage by the value less its sufficient decrease. */
  #advance(here: Place, modified: boolean): void {
    const slope = modified ? this.#test : 0;
    const tilt = (place: Place, by: number): Place => ({
      step: place.step,
      value: place.value - place.step * by,
      slope: place.slope - by,
    });
    const told = chooseStep(
      modified ? tilt(this.#best, slope) : this.#best,
      modified ? tilt(this.#other, slope) : this.#other,
      modified ? tilt(here, slope) : here,
      this.#bracketed,
      this.#least,
      this.#most,
    );
    this.#best = modified ? tilt(told.best, -slope) : told.best;
    this.#other = modified ? tilt(told.other, -slope) : told.other;
    this.#bracketed = told.bracketed;
    this.step = told.step;
  }

  #narrow(): void {
    const [best, other] = [this.#best.step, this.#other.step];
    if (this.#bracketed) {
      if (Math.abs(other - best) >= SHRINK * this.#widthBefore) this.step = best + 0.5 * (other - best);
      this.#widthBefore = this.#width;
      this.#width = Math.abs(other - best);
      this.#least = Math.min(best, other);
      this.#most = Math.max(best, other);
    } else {
      this.#least = this.step + GROW_LEAST * (this.step - best);
      this.#most = this.step + GROW_MOST * (this.step - best);
    }
    const { xtol, least, most } = this.#options;
    this.step = Math.min(most, Math.max(least, this.step));
    const stuck = this.step <= this.#least || this.step >= this.#most || this.#most - this.#least <= xtol * this.#most;
    if (this.#bracketed && stuck) this.step = best;
  }
}

interface Choice {
  readonly step: number;
  readonly best: Place;
  readonly other: Place;
  readonly bracketed: boolean;
}

/** The next step, and the interval around a minimum (`dcstep`). */
function chooseStep(best: Place, other: Place, here: Place, bracketed: boolean, least: number, most: number): Choice {
  const opposite = here.slope * (best.slope / Math.abs(best.slope));
  let step: number;
  let within = bracketed;
  if (here.value > best.value) {
    step = afterHigher(best, here);
    within = true;
  } else if (opposite < 0) {
    step = afterOpposite(best, here);
    within = true;
  } else if (Math.abs(here.slope) < Math.abs(best.slope)) {
    step = afterFlatter(best, other, here, bracketed, least, most);
  } else if (bracketed) {
    step = cubicBetween(here, other);
  } else {
    step = here.step > best.step ? most : least;
  }
  if (here.value > best.value) return { step, best, other: here, bracketed: within };
  return { step, best: here, other: opposite < 0 ? best : other, bracketed: within };
}

/** A higher value: the minimum lies between. */
function afterHigher(best: Place, here: Place): number {
  const theta = (3 * (best.value - here.value)) / (here.step - best.step) + best.slope + here.slope;
  const s = Math.max(Math.abs(theta), Math.abs(best.slope), Math.abs(here.slope));
  const root = s * Math.sqrt((theta / s) ** 2 - (best.slope / s) * (here.slope / s));
  const gamma = here.step < best.step ? -root : root;
  const r = (gamma - best.slope + theta) / (gamma - best.slope + gamma + here.slope);
  const cubic = best.step + r * (here.step - best.step);
  const secant = (best.value - here.value) / (here.step - best.step) + best.slope;
  const quadratic = best.step + (best.slope / secant / 2) * (here.step - best.step);
  const nearer = Math.abs(cubic - best.step) <= Math.abs(quadratic - best.step);
  return nearer ? cubic : cubic + (quadratic - cubic) / 2;
}

/** A lower value and a slope of the other sign: the minimum lies between. */
function afterOpposite(best: Place, here: Place): number {
  const theta = (3 * (best.value - here.value)) / (here.step - best.step) + best.slope + here.slope;
  const s = Math.max(Math.abs(theta), Math.abs(best.slope), Math.abs(here.slope));
  const root = s * Math.sqrt((theta / s) ** 2 - (best.slope / s) * (here.slope / s));
  const gamma = here.step > best.step ? -root : root;
  const r = (gamma - here.slope + theta) / (gamma - here.slope + gamma + best.slope);
  const cubic = here.step + r * (best.step - here.step);
  const secant = here.step + (here.slope / (here.slope - best.slope)) * (best.step - here.step);
  return Math.abs(cubic - here.step) > Math.abs(secant - here.step) ? cubic : secant;
}

/** A lower value and a flatter slope of the same sign. */
function afterFlatter(best: Place, other: Place, here: Place, bracketed: boolean, least: number, most: number): number {
  const theta = (3 * (best.value - here.value)) / (here.step - best.step) + best.slope + here.slope;
  const s = Math.max(Math.abs(theta), Math.abs(best.slope), Math.abs(here.slope));
  const root = s * Math.sqrt(Math.max(0, (theta / s) ** 2 - (best.slope / s) * (here.slope / s)));
  const gamma = here.step > best.step ? -root : root;
  const r = (gamma - here.slope + theta) / (gamma + (best.slope - here.slope) + gamma);
  let cubic = here.step > best.step ? most : least;
  if (r < 0 && gamma !== 0) cubic = here.step + r * (best.step - here.step);
  const secant = here.step + (here.slope / (here.slope - best.slope)) * (best.step - here.step);
  const cubicIsNearer = Math.abs(cubic - here.step) < Math.abs(secant - here.step);
  if (!bracketed) return Math.min(most, Math.max(least, cubicIsNearer ? secant : cubic));
  const chosen = cubicIsNearer ? cubic : secant;
  const end = here.step + SHRINK * (other.step - here.step);
  return here.step > best.step ? Math.min(end, chosen) : Math.max(end, chosen);
}

/** The minimum of the cubic through two places. */
function cubicBetween(here: Place, other: Place): number {
  const theta = (3 * (here.value - other.value)) / (other.step - here.step) + other.slope + here.slope;
  const s = Math.max(Math.abs(theta), Math.abs(other.slope), Math.abs(here.slope));
  const root = s * Math.sqrt((theta / s) ** 2 - (other.slope / s) * (here.slope / s));
  const gamma = here.step > other.step ? -root : root;
  const r = (gamma - here.slope + theta) / (gamma - here.slope + gamma + other.slope);
  return here.step + r * (other.step - here.step);
}
