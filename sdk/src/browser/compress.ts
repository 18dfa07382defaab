/** Less than this is not worth the work, in UTF-16 code units. */
const MIN_LENGTH = 1_000;

/**
 * Packs a body with gzip, where the browser can. The collector knows it by its first bytes: a
 * header to say so would cost a CORS preflight.
 */
export async function compress(text: string): Promise<string | ArrayBuffer> {
  return globalThis.CompressionStream && text.length > MIN_LENGTH
    ? new Response(
        new Response(text).body!.pipeThrough(new CompressionStream("gzip")),
      ).arrayBuffer()
    : text;
}
