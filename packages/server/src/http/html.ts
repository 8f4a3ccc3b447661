/** @module Pages: nunjucks templates, ours or a user's own. */

import { CurtidoError } from "@curtido/pickle";
import type { Environment } from "nunjucks";
import { TEMPLATES } from "../templates/index.ts";

export const HTML_TYPE = "text/html";

/** The names of the templates; see docs/templates.md for the variables that each gets. */
export type TemplateName = keyof typeof TEMPLATES;

/**
 * Renders pages. A template in the folder `directory` stands in for ours of the same name; autoescape is on.
 *
 * @example
 * await new Pages().render("error.html", { problem });
 */
export class Pages {
  /** Whether a user's own templates are in use. */
  readonly custom: boolean;
  private readonly directory: string | undefined;
  private environment: Promise<Environment> | undefined;

  constructor(directory?: string) {
    this.directory = directory;
    this.custom = directory !== undefined;
  }

  /** @throws CurtidoError E_TEMPLATE when the template is broken */
  async render(name: TemplateName, variables: Readonly<Record<string, unknown>>): Promise<string> {
    this.environment ??= this.prepare();
    const environment = await this.environment;
    try {
      return environment.render(name, variables);
    } catch (error) {
      throw new CurtidoError(
        "E_TEMPLATE",
        `the template ${name} cannot be rendered: ${(error as Error).message}`,
        { name },
        error,
      );
    }
  }

  private async prepare(): Promise<Environment> {
    const { default: nunjucks } = await import("nunjucks");
    const builtIn = {
      getSource(name: string) {
        const src = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name as TemplateName] : undefined;
        return src === undefined ? null : { src, path: name, noCache: false };
      },
    };
    const own = this.directory === undefined ? [] : [new nunjucks.FileSystemLoader(this.directory)];
    return new nunjucks.Environment([...own, builtIn as unknown as (typeof own)[number]], {
      autoescape: true,
      trimBlocks: true,
      lstripBlocks: true,
    });
  }
}
