/**
 * What is told of a page's address: no query, no hash, where ids and secrets live.
 *
 * @param href - an address, or "" for none
 */
export function stripUrl(href: string): string {
  return href.replace(/[?#].*/, "");
}
