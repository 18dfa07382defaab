/** 200 requests a second with the public key, until told to stop; then says what was answered. */

import { setTimeout as sleep } from "node:timers/promises";
import { post, track } from "./client.mjs";

const url = process.argv[2];
const answers = [];
const underWay = new Set();
let isOver = false;
process.once("message", () => {
  isOver = true;
});
process.send("flooding");
while (!isOver) {
  for (let at = 0; at < 4; at += 1) {
    const one = post(url, [track()]).then((answer) => answers.push(answer));
    underWay.add(one);
    one.finally(() => underWay.delete(one));
  }
  await sleep(20);
}
await Promise.all(underWay);
const refused = answers.filter(({ status }) => status === 429);
const obliging = refused.filter(({ retryAfter }) => retryAfter >= 1).length;
process.send({ sent: answers.length, refused: refused.length, obliging });
