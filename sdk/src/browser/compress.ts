/** Less than this is not worth the work, in UTF-16 code units. */
const MIN_LENGTH = 1_000;

/**
 * Packs a body with gzip. The collector knows it by its first bytes: a header to say so would cost a
 * CORS preflight.
 *
 * @returns the text itself where it is short, and where the browser's packing is absent or patched
 */
export async function compress(text: string): Promise<string | ArrayBuffer> {
  try {
    if (text.length > MIN_LENGTH) {
      const packed = new Response(text).body!.pipeThrough(new CompressionStream("gzip"));
      return await new Response(packed).arrayBuffer();
    }
  } catch {}
  return text;
}
