/*
 * HelmChartApp writes templates that are YAML before Helm renders them. What an action yields is not known then: a text stands for it.
 */

/** `!!int "{{ int64 .Values.replicas }}"`: the type that the text will have. */
const TYPE_OF_ACTION = /!!(?:int|float|bool) (?="\{\{ )/g;

/** `tolerations: # {{- toJson .Values.tolerations | nindent 8 }}`: a list or a map, for YAML a comment. */
const STRUCTURE = /(?<=[:-] )# (\{\{- toJson .* \| nindent \d+ \}\})$/gm;

/** The text of a file, line by line, with texts in the places of all that Helm puts in. */
export function withTexts(file: string): string {
  return file.replace(TYPE_OF_ACTION, '').replace(STRUCTURE, (_, action: string) => `'${action.replace(/'/g, "''")}'`);
}

/**
 * What the flag is called under which a document stands, by the comments around it; nothing for one that always is there. The comment may stand before the
 * separator, at the end of the document before.
 */
export function conditionOf(document: string, before = ''): string | undefined {
  const [, condition] = /^# \{\{- if (.*) \}\}\n/.exec(document) ?? /\n# \{\{- if (.*) \}\}\s*$/.exec(before) ?? [];
  return condition;
}
