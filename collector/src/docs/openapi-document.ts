/** The parts of an OpenAPI 3.1 document that the documentation page reads. */
export interface OpenApiDocument {
  info: { title: string; description?: string; version: string };
  paths: { [path: string]: { [method: string]: OpenApiOperation } };
  webhooks?: { [name: string]: { [method: string]: OpenApiOperation } };
  components?: { schemas?: { [name: string]: unknown } };
}

export interface OpenApiOperation {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: { [scheme: string]: string[] }[];
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: unknown;
  }[];
  requestBody?: { content: { [type: string]: { schema?: unknown; example?: unknown } } };
  responses: {
    [status: string]: {
      description: string;
      content?: { [type: string]: { schema?: unknown } };
    };
  };
}
