import { Yaml } from 'cdk8s';
import { Part, Token, inPlace, isToken, partsOf, replaceTokens } from '../tokens';
import { conditionalField } from './conditional-field';
import { ReleaseState, evaluate, printed } from './evaluate';
import { Expression } from './expression';
import { expressionOf } from './expression-token';
import { goLiteral } from './go-text';
import { asText, pipeline } from './helm-text';
import { SynthesizedObject } from './synthesized';
import { escapeActions, fieldsAmong, template } from './template';

/** Writes objects and texts with tokens: as templates, or as a release has them. */
export interface Renderer {
  /** The objects of a file. */
  file(objects: readonly SynthesizedObject[]): string;
  /** A text for people. */
  text(text: string): string;
}

/** Writes templates; `helper` is the named template that escapes a text. */
export class TemplateRenderer implements Renderer {
  constructor(private readonly helper: string) {}

  file(objects: readonly SynthesizedObject[]): string {
    return objects.map((each, index) => this.document(each, index === 0)).join('');
  }

  text(text: string): string {
    return partsOf(text).map((part) => (isToken(part) ? `{{ ${pipeline(asText(expressionOf(part)))} }}` : escapeActions(part))).join('');
  }

  private document(object: SynthesizedObject, isFirst: boolean): string {
    const body = (isFirst ? '' : '---\n') + inPlace(object.path, () => template(object.object, this.helper));
    return object.condition ? `# {{- if ${pipeline(object.condition)} }}\n${body}# {{- end }}\n` : body;
  }

  /** The named template, which prints a text as it stands between double quotes in YAML. Helm would remove `<no value>`, wherever it comes from. */
  get definition(): string {
    const steps = ['quote .', 'trimPrefix `"`', 'trimSuffix `"`', 'replace `<no value>` `\\u003cno value>`'];
    return `{{- define ${goLiteral(this.helper)} -}}\n{{- ${steps.join(' | ')} -}}\n{{- end -}}\n`;
  }
}

/** Writes plain manifests of one release. */
export class ReleaseRenderer implements Renderer {
  constructor(private readonly state: ReleaseState) {}

  file(objects: readonly SynthesizedObject[]): string {
    const present = objects.filter(({ condition }) => condition === undefined || evaluate(condition, this.state) === true);
    return present.map((each) => Yaml.stringify(inPlace(each.path, () => this.replaced(each.object)))).join('---\n');
  }

  text(text: string): string {
    return partsOf(text).map((part) => this.inText(part)).join('');
  }

  private replaced(object: unknown): unknown {
    return replaceTokens(object, {
      text: (parts) => (parts.length === 1 && isToken(parts[0]) && parts[0].shape === 'structure' ? this.value(parts[0]) : this.joined(parts)),
      number: (token) => this.value(token),
      key: (parts) => this.key(parts),
      items: (token) => (this.value(token) ?? []) as unknown[],
      fields: (token, others) => evaluate(fieldsAmong(token, others), this.state) as Record<string, unknown>,
    });
  }

  private key(parts: readonly Part[]): string | undefined {
    const field = conditionalField(parts);
    if (!field) return this.joined(parts);
    return evaluate(field.condition, this.state) === true ? this.text(field.key) : undefined;
  }

  private joined(parts: readonly Part[]): string {
    return parts.map((part) => this.inText(part)).join('');
  }

  private inText(part: Part): string {
    return isToken(part) ? printed(this.value(part)) : part;
  }

  private value(token: Token): unknown {
    const expression: Expression = expressionOf(token);
    return evaluate(expression, this.state);
  }
}
