/** @module What is said of a version. */

import { pointsTo } from "../store/models.ts";
import type { ModelRecord, VersionRecord } from "../store/types.ts";

/** The path of a model. */
export function uriOf(name: string): string {
  return `/${encodeURIComponent(name)}`;
}

/** A version as JSON has it. */
export function versionCard(model: ModelRecord, version: VersionRecord): Record<string, unknown> {
  return {
    uri: `${uriOf(model.name)}/versions/${version.version}`,
    name: model.name,
    version: version.version,
    class: version.className,
    pythonName: version.pythonName,
    trainedBy: version.trainedBy,
    sha256: version.sha256,
    ...(version.card === null ? {} : { card: JSON.parse(version.card) as unknown }),
    size: version.size,
    created: version.created,
    createdBy: version.createdBy,
    aliases: Object.keys(model.aliases).filter((alias) => pointsTo(model.aliases[alias]!, version.version)),
  };
}
