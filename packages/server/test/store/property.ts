import fc from "fast-check";
import { expect } from "vitest";
import { type AliasTarget, CURRENT, hashOf, isStoreError, type Registry } from "../../src/store/index.ts";
import { ABOUT } from "./fixture.ts";

/** A step: what is done to a model, with small numbers, so that steps meet. */
type Step =
  | { readonly kind: "publish"; readonly name: string; readonly content: number; readonly condition: number }
  | { readonly kind: "removeVersion"; readonly name: string; readonly version: number }
  | { readonly kind: "removeModel"; readonly name: string }
  | { readonly kind: "setAlias"; readonly name: string; readonly alias: string; readonly target: AliasTarget }
  | { readonly kind: "removeAlias"; readonly name: string; readonly alias: string };

interface Expected {
  readonly name: string;
  readonly versions: Map<number, string>;
  readonly aliases: Map<string, AliasTarget>;
}

/** Artefacts are 0 to this. */
const CONTENTS = 4;
const name = fc.constantFrom("a", "A", "b");
const alias = fc.constantFrom(CURRENT, "x", "X", "y");
const version = fc.integer({ min: 1, max: 4 });
const target: fc.Arbitrary<AliasTarget> = fc.oneof(
  version.map((one) => ({ split: { [one]: 100 } })),
  fc.tuple(version, version, version).map(([one, other, shadow]) => ({ split: { [one]: 40, [other]: 60 }, shadow })),
);

/** Sequences of steps. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("publish" as const),
        name,
        content: fc.nat(CONTENTS),
        condition: fc.nat(5),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("removeVersion" as const), name, version }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("removeModel" as const), name }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("setAlias" as const), name, alias, target }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("removeAlias" as const), name, alias }) },
  ),
  { minLength: 5, maxLength: 30, size: "max" },
);

const bytesOf = (content: number) => new TextEncoder().encode(`content ${content}`);
const sameTarget = (a: AliasTarget | undefined, b: AliasTarget) => JSON.stringify(a) === JSON.stringify(b);

/** What the registry should be: maps, and the rules in a few lines. */
class Model {
  readonly models = new Map<string, Expected>();
  readonly counters = new Map<string, number>();
  revision = 0;

  /** Does a step; gives its outcome, or the code of its error. */
  apply(step: Step): string {
    const key = step.name.toLowerCase();
    const model = this.models.get(key);
    if (step.kind === "publish") return this.publish(step, model);
    if (model === undefined) return "E_NOT_FOUND";
    const before = this.revision;
    this.revision += 1;
    const failed = this.change(step, key, model);
    if (failed !== undefined) this.revision = before;
    return failed === undefined || failed === "unchanged" ? "done" : failed;
  }

  private change(step: Exclude<Step, { kind: "publish" }>, key: string, model: Expected): string | undefined {
    switch (step.kind) {
      case "removeModel":
        this.models.delete(key);
        return undefined;
      case "removeVersion":
        if (!model.versions.has(step.version)) return "E_NOT_FOUND";
        for (const { split, shadow } of model.aliases.values()) {
          if (step.version in split || shadow === step.version) return "E_CONFLICT";
        }
        model.versions.delete(step.version);
        return undefined;
      case "removeAlias":
        if (step.alias === CURRENT) return "E_CONFLICT";
        return model.aliases.delete(step.alias.toLowerCase()) ? undefined : "E_NOT_FOUND";
      case "setAlias": {
        const { split, shadow } = step.target;
        const sum = Object.values(split).reduce((a, b) => a + b, 0);
        const wanted = [...Object.keys(split).map(Number), ...(shadow === undefined ? [] : [shadow])];
        if (sum !== 100 || wanted.some((one) => !model.versions.has(one))) return "E_TARGET";
        if (sameTarget(model.aliases.get(step.alias.toLowerCase()), step.target)) return "unchanged";
        model.aliases.set(step.alias.toLowerCase(), step.target);
        return undefined;
      }
    }
  }

  /** The hash that is current: of the first version of its split. */
  current(model: Expected | undefined): string | undefined {
    const first = Object.keys(model?.aliases.get(CURRENT)?.split ?? {})[0];
    return first === undefined ? undefined : model?.versions.get(Number(first));
  }

  private publish(step: Extract<Step, { kind: "publish" }>, model: Expected | undefined): string {
    const hash = hashOf(bytesOf(step.content));
    const { match, noneMatch } = conditionsOf(step.condition);
    if (match !== undefined && !(match === "*" ? model : match.includes(this.current(model) ?? "")))
      return "E_PRECONDITION";
    if (noneMatch !== undefined && model !== undefined) return "E_PRECONDITION";
    const known = [...(model?.versions ?? [])].find(([, sha256]) => sha256 === hash)?.[0];
    if (known !== undefined) {
      const split = model!.aliases.get(CURRENT)!.split;
      if (Object.keys(split).join() === String(known)) return "same";
    }
    this.revision += 1;
    const key = step.name.toLowerCase();
    const kept = model ?? { name: step.name, versions: new Map(), aliases: new Map() };
    this.models.set(key, kept);
    const number = known ?? (this.counters.get(key) ?? 0) + 1;
    if (known === undefined) this.counters.set(key, number);
    kept.versions.set(number, hash);
    kept.aliases.set(CURRENT, { split: { [number]: 100 } });
    return model === undefined ? "created" : known === undefined ? "added" : "moved";
  }
}

function conditionsOf(condition: number): { match?: readonly string[] | "*"; noneMatch?: "*" } {
  if (condition === 0) return { match: "*" };
  if (condition === 1) return { noneMatch: "*" };
  return condition === 2 ? { match: [hashOf(bytesOf(1)), hashOf(bytesOf(2))] } : {};
}

async function perform(registry: Registry, step: Step): Promise<string> {
  try {
    switch (step.kind) {
      case "publish":
        return (await registry.publish(step.name, bytesOf(step.content), ABOUT, null, conditionsOf(step.condition)))
          .outcome;
      case "removeVersion":
        await registry.removeVersion(step.name, step.version);
        break;
      case "removeModel":
        await registry.removeModel(step.name);
        break;
      case "setAlias":
        await registry.setAlias(step.name, step.alias, step.target);
        break;
      case "removeAlias":
        await registry.removeAlias(step.name, step.alias);
    }
    return "done";
  } catch (error) {
    if (isStoreError(error)) return error.code;
    throw error;
  }
}

/**
 * Empties a registry, performs the steps on it and on the model, and compares them after each.
 *
 * @param run Names of models end with it, so that numbers begin with 1 again
 */
export async function agreesWithModel(registry: Registry, given: readonly Step[], run: number): Promise<void> {
  for (const { name: left } of (await registry.snapshot()).models) await registry.removeModel(left); // of the run before
  const model = new Model();
  model.revision = await registry.revision();
  const sequence = given.map((step) => ({ ...step, name: `${step.name}${run}` }));
  for (const step of sequence) {
    const expected = model.apply(step);
    expect([step, await perform(registry, step)]).toEqual([step, expected]);
    const snapshot = await registry.snapshot();
    expect(snapshot.revision).toBe(model.revision);
    const seen = snapshot.models.map((one) => ({
      name: one.name,
      versions: new Map(one.versions.map(({ version: number, sha256 }) => [number, sha256])),
      aliases: new Map(Object.entries(one.aliases)),
    }));
    expect(seen).toEqual([...model.models].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one));
  }
  const named = new Set([...model.models.values()].flatMap(({ versions }) => [...versions.values()]));
  for (let content = 0; content <= CONTENTS; content += 1) {
    const found = await registry.artifact(hashOf(bytesOf(content))).then(
      () => true,
      () => false,
    );
    expect([content, found]).toEqual([content, named.has(hashOf(bytesOf(content)))]);
  }
}
