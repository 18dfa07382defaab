/**
 * Long work in short steps, so that whoever asks for it can do other things between them.
 *
 * @module
 */

/** Work that stops after each short part, telling the share that is done, 0–1. */
export type Steps<Result> = Generator<number, Result>;

/** Does all of the work at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * The same work as one of several parts of about the same size.
 *
 * @param steps - of this part
 * @param place - of this part among the others, from 0
 * @param parts - how many there are
 */
export function* asPart<Result>(steps: Steps<Result>, place: number, parts: number): Steps<Result> {
  let step = steps.next();
  while (!step.done) {
    yield (place + step.value) / parts;
    step = steps.next();
  }
  return step.value;
}
