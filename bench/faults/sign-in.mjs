/** Signs in to the dashboard of a collector by its link. @returns the cookie to send */
export async function signIn({ url, signInLink }) {
  const { pathname, search } = new URL(signInLink);
  const answer = await fetch(url + pathname + search, { redirect: "manual" });
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
