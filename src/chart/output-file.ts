import { ApiObject, Chart, Names, YamlOutputType } from 'cdk8s';

/** The file of an object, without its extension. The order of files means nothing to Helm, so none has a number. */
export function outputFile(type: YamlOutputType, chart: Chart, apiObject: ApiObject): string {
  const folder = Names.toDnsLabel(chart);
  const name = `${apiObject.kind}.${Names.toDnsLabel(apiObject)}`;
  switch (type) {
    case YamlOutputType.FILE_PER_APP: return 'app';
    case YamlOutputType.FILE_PER_CHART: return folder;
    case YamlOutputType.FILE_PER_RESOURCE: return name;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE: return `${folder}/${name}`;
  }
}
