/** @module A published model: which versions are loaded, and which of them answers a request. */

import { CurtidoError } from "@curtido/pickle";
import { versionsOf } from "../store/models.ts";
import { nameKey } from "../store/names.ts";
import { type AliasTarget, CURRENT, type ModelRecord, type VersionRecord } from "../store/types.ts";
import type { Model } from "./distant.ts";
import { type Choice, Entry, notReady } from "./entry.ts";

/** Which versions an alias leads to: choices, and up to which of 100 percent each goes. */
interface Plan {
  readonly choices: readonly Choice[];
  readonly upTo: readonly number[];
}

/** A published model at one moment; never changed, only replaced. */
export interface PublishedState {
  readonly record: ModelRecord;
  /** The versions that aliases name. */
  readonly loaded: ReadonlyMap<number, Model>;
}

/** A model of the registry. Its state is one pointer: a request sees the old one or the new one. */
export class PublishedEntry extends Entry {
  private current: PublishedState;
  private plans: ReadonlyMap<string, Plan>;

  constructor(state: PublishedState) {
    super(state.record.name, {});
    this.current = state;
    this.plans = plansOf(state);
  }

  /** What the registry said when this state was made. */
  get record(): ModelRecord {
    return this.current.record;
  }

  /** The versions that are loaded. */
  get loaded(): ReadonlyMap<number, Model> {
    return this.current.loaded;
  }

  /** Puts a new state in the place of the old one. */
  swap(state: PublishedState): void {
    const plans = plansOf(state);
    this.current = state;
    this.plans = plans;
  }

  override choose(alias: string = CURRENT): Choice | undefined {
    const plan = this.plans.get(alias);
    if (plan === undefined) return undefined;
    if (plan.choices.length === 1) return plan.choices[0];
    const at = Math.random() * 100;
    const found = plan.upTo.findIndex((end) => at < end);
    return plan.choices.at(found);
  }

  override async chosen(alias: string = CURRENT): Promise<Choice> {
    const key = nameKey(alias);
    const choice = this.choose(key);
    if (choice !== undefined) return choice;
    if (!Object.hasOwn(this.record.aliases, key))
      throw new CurtidoError("E_NOT_FOUND", `there is no alias '${alias}' of '${this.name}'`, {
        model: this.name,
        alias,
      });
    throw notReady(this.name);
  }

  override get ready(): Model | undefined {
    return this.plans.get(CURRENT)?.choices[0]?.served;
  }

  /** The version that `current` points to, the first of a split; `undefined` when the model is not there yet. */
  get currentVersion(): VersionRecord | undefined {
    const [first] = versionsOf(this.record.aliases[CURRENT]);
    return this.record.versions.find(({ version }) => version === first);
  }

  /** A version by its number. @throws CurtidoError E_NOT_FOUND */
  version(number: number): VersionRecord {
    const found = this.record.versions.find(({ version }) => version === number);
    if (found !== undefined) return found;
    const message = `there is no version ${number} of '${this.name}'`;
    throw new CurtidoError("E_NOT_FOUND", message, { model: this.name, version: number });
  }
}

/** Every version that aliases of a model name. */
export function namedVersions(record: ModelRecord): Set<number> {
  const targets = Object.values(record.aliases);
  return new Set(
    targets.flatMap((target) => [...versionsOf(target), ...(target.shadow === undefined ? [] : [target.shadow])]),
  );
}

function plansOf({ record, loaded }: PublishedState): ReadonlyMap<string, Plan> {
  const plans = new Map<string, Plan>();
  for (const [alias, target] of Object.entries(record.aliases)) {
    const plan = planOf(target, loaded);
    if (plan !== undefined) plans.set(alias, plan);
  }
  return plans;
}

function planOf(target: AliasTarget, loaded: ReadonlyMap<number, Model>): Plan | undefined {
  const asked = target.shadow === undefined ? undefined : loaded.get(target.shadow);
  const shadow = asked === undefined ? undefined : { served: asked, version: target.shadow! };
  const choices: Choice[] = [];
  const upTo: number[] = [];
  let sum = 0;
  for (const [number, percent] of Object.entries(target.split)) {
    const served = loaded.get(Number(number));
    if (served === undefined) return undefined;
    if (percent === 0) continue;
    sum += percent;
    choices.push({ served, version: Number(number), shadow });
    upTo.push(sum);
  }
  return choices.length === 0 ? undefined : { choices, upTo };
}
