import { dump, YAML11_SCHEMA } from "js-yaml";

/** Several documents in one YAML file; text that YAML 1.1, which kubeadm reads, would take for a number is quoted. */
export function yamlDocuments(documents: readonly object[]): string {
  return documents.map((document) => dump(document, { schema: YAML11_SCHEMA, lineWidth: -1 })).join("---\n");
}
