/** Signs in to the dashboard of a collector by a link. @returns the cookie to send */
export async function signIn({ url, makeSignInLink }) {
  const { pathname, search } = new URL(await makeSignInLink());
  const answer = await fetch(url + pathname + search, { redirect: "manual" });
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
